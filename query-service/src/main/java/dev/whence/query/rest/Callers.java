package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.access.Caller;
import dev.whence.query.access.RulesFollower;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks the question at hand: found out once for each request, by the rules of that moment, so
 * that all of its answer follows from the same ones. A key is told to nobody, neither to a log nor
 * back to who sent it.
 */
@Singleton
final class Callers {
    private static final String CALLER = Callers.class.getName();
    private static final String BEARER = "bearer ";
    private static final String API_KEY = "X-Api-Key";

    private final RulesFollower rules;
    private final CurrentVertxRequest request;
    private final Counter unknownKeys;

    @Inject
    Callers(RulesFollower rules, CurrentVertxRequest request, MeterRegistry registry) {
        this.rules = rules;
        this.request = request;
        this.unknownKeys =
                Counter.builder("whence.query.access.unknown.keys")
                        .description("requests with a key that is none, or none any more")
                        .register(registry);
    }

    /**
     * Who it is.
     *
     * @throws QueryException.Unauthenticated if that is not enough to be told anything
     * @throws QueryException.RulesUnknown if nobody is told anything at the moment
     */
    Caller current() throws QueryException {
        RoutingContext context = request.getCurrent();
        Caller known = context.get(CALLER);
        if (known == null) {
            known = find(context.request().headers());
            context.put(CALLER, known);
        }
        return known;
    }

    /** Whether he may still be told what he was allowed to see when he asked. */
    boolean stillAllows(Caller caller) {
        return rules.stillAllows(caller);
    }

    private Caller find(MultiMap headers) throws QueryException {
        String key = key(headers);
        try {
            return rules.current().caller(key);
        } catch (QueryException.Unauthenticated e) {
            if (key != null) {
                unknownKeys.increment();
            }
            throw e;
        }
    }

    /**
     * The key that was sent; another scheme of Authorization is somebody else's, such as a proxy's.
     */
    private static @Nullable String key(MultiMap headers) {
        Set<String> keys = new HashSet<>(headers.getAll(API_KEY));
        for (String value : headers.getAll(HttpHeaders.AUTHORIZATION)) {
            if ((value + " ").toLowerCase(Locale.ROOT).startsWith(BEARER)) {
                keys.add(value.substring(BEARER.length() - 1).strip());
            }
        }
        // Two different keys are nobody's.
        return keys.isEmpty() ? null : String.join(" ", keys);
    }
}
