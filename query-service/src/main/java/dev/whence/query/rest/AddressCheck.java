package dev.whence.query.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses addresses of which a call would see only a part, or another call all of it. They are
 * looked at as they came, before the router brings them to a normal form: a semicolon begins a
 * matrix parameter and cuts the name before it, and a domain of nothing but dots means another path
 * (RFC 3986, section 5.2.4).
 */
@Singleton
final class AddressCheck {
    /** After the headers that every answer gets, before all calls. */
    private static final int ORDER = 0;

    private static final Pattern WITHOUT_DOMAIN =
            Pattern.compile(
                    "/v1/domain(/*|/(\\.|%2[Ee]){1,2}/*)(/datasets/.*|/(hosts|urls)(:export)?)?");

    private static final String NO_DOMAIN =
            "The path names no domain: after /v1/domain/ one such as example.com is expected, not"
                    + " nothing, and not dots alone.";
    private static final String SEMICOLON =
            "A ';' in the path is not taken; one of a name is escaped: percent, 3, B.";

    private final ObjectMapper json;

    @Inject
    AddressCheck(ObjectMapper json) {
        this.json = json;
    }

    void install(@Observes Router router) {
        router.route().order(ORDER).handler(this::check);
    }

    private void check(RoutingContext request) {
        String path = request.request().path();
        Problem problem = path == null ? null : problem(path);
        if (problem == null) {
            request.next();
        } else {
            request.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(text(problem));
        }
    }

    private static @Nullable Problem problem(String path) {
        if (!path.startsWith("/v1/")) {
            return null;
        }
        if (path.indexOf(';') >= 0) {
            return ProblemKind.BAD_PARAMETER.about(SEMICOLON, path);
        }
        return WITHOUT_DOMAIN.matcher(path).matches()
                ? ProblemKind.INVALID_DOMAIN.about(NO_DOMAIN, path)
                : null;
    }

    private String text(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem cannot be written as JSON", e);
        }
    }
}
