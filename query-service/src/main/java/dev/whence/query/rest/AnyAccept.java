package dev.whence.query.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Leaves the choice of a media type to the parameters where there are some for it: {@code format}
 * of exports, {@code output} of CDX. The framework would choose by Accept, and refuse what it does
 * not know.
 */
@Singleton
final class AnyAccept {
    /** Before all calls. */
    private static final int ORDER = 0;

    void install(@Observes Router router) {
        router.route().order(ORDER).handler(AnyAccept::take);
    }

    private static void take(RoutingContext request) {
        String path = request.request().path();
        if (path != null
                && (path.endsWith(":export") || path.equals("/cdx") || path.startsWith("/cdx/"))) {
            request.request().headers().remove(HttpHeaders.ACCEPT);
        }
        request.next();
    }
}
