package dev.whence.query.rest;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Takes leave of callers: a service that is about to end answers on for a while, and says with each
 * answer that the connection will be closed (RFC 9112, section 9.6; by a GOAWAY in HTTP/2, RFC
 * 9113, section 6.8). Else a caller that keeps connections, as proxies do, might ask by one at the
 * very moment at which it goes.
 */
@Singleton
final class Leave {
    /** Before anything that answers. */
    private static final int ORDER = -1;

    private static final long NO_ERROR = 0;

    /** What was sent before the caller knew is answered, too: a notice, and the caller closes. */
    private static final int NO_STREAM_IS_LEFT_OUT = Integer.MAX_VALUE;

    private volatile boolean taken;

    void take(@Observes ShutdownDelayInitiatedEvent event) {
        taken = true;
    }

    void install(@Observes Router router) {
        router.route().order(ORDER).handler(this::tell);
    }

    private void tell(RoutingContext request) {
        if (taken && request.request().version() == HttpVersion.HTTP_2) {
            request.request().connection().goAway(NO_ERROR, NO_STREAM_IS_LEFT_OUT);
        } else if (taken) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        request.next();
    }
}
