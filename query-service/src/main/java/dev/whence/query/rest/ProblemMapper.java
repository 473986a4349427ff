package dev.whence.query.rest;

import dev.whence.query.QueryException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whatever a resource throws, as a problem document. */
final class ProblemMapper {
    /** The paths that take a body. */
    private static final Set<String> POSTED =
            Set.of(
                    "/v1/domains:lookup",
                    "/v1/sets",
                    "/v1/domains:lookup:export",
                    "/v1/sets:export");

    @ServerExceptionMapper
    RestResponse<Problem> ofQuery(QueryException e, UriInfo uri) {
        return answer(Problems.of(e, path(uri)));
    }

    @ServerExceptionMapper
    RestResponse<Problem> ofParameter(BadParameterException e, UriInfo uri) {
        return answer(Problems.of(e, path(uri)));
    }

    /** Nobody reads it: the connection is gone. */
    @ServerExceptionMapper
    RestResponse<Problem> ofBrokenOff(BrokenOffException e, UriInfo uri) {
        return answer(ProblemKind.INTERNAL.about("The answer was broken off.", path(uri)));
    }

    @ServerExceptionMapper
    RestResponse<Problem> ofStore(IOException e, UriInfo uri) {
        return answer(Problems.of(e, path(uri)));
    }

    @ServerExceptionMapper
    RestResponse<Problem> ofHttp(WebApplicationException e, UriInfo uri) {
        int status = e.getResponse().getStatus();
        String path = path(uri);
        if (status == 404) {
            return answer(ProblemKind.UNKNOWN_PATH.about("See /openapi for what there is.", path));
        }
        String detail =
                switch (status) {
                    case 405 -> "This path does not take that method; see /openapi.";
                    case 406 -> "This path answers in application/json.";
                    case 413 -> "The body is larger than this service takes; send less at once.";
                    case 415 -> "The body is JSON; send Content-Type: application/json.";
                    default -> "See /openapi for what this path takes.";
                };
        return answer(Problem.ofStatus(status, detail, path));
    }

    @ServerExceptionMapper
    RestResponse<Problem> ofDefect(Throwable e, UriInfo uri) {
        return answer(Problems.of(e, path(uri)));
    }

    private static RestResponse<Problem> answer(Problem problem) {
        var answer =
                RestResponse.ResponseBuilder.<Problem>create(problem.status())
                        .entity(problem)
                        .type(Problem.MEDIA_TYPE)
                        .header("Cache-Control", "no-store");
        switch (problem.status()) {
            case 401 -> answer.header("WWW-Authenticate", Problems.CHALLENGE);
            case 405 -> answer.header("Allow", allowed(problem.instance()));
            case 429, 503 -> answer.header("Retry-After", Problems.RETRY_AFTER_SECONDS);
            default -> {}
        }
        return answer.build();
    }

    private static String allowed(String path) {
        return POSTED.contains(path) ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
    }

    private static String path(UriInfo uri) {
        return uri.getRequestUri().getRawPath();
    }
}
