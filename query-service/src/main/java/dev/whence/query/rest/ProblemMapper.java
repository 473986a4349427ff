package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.store.StoreUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Whatever a resource throws, as a problem document. What is ours to mend is logged whole and told
 * without its insides.
 */
final class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    private static final String RETRY_AFTER_SECONDS = "1";

    /** The paths that take a body. */
    private static final Set<String> POSTED =
            Set.of(
                    "/v1/domains:lookup",
                    "/v1/sets",
                    "/v1/domains:lookup:export",
                    "/v1/sets:export");

    private static final String SEE_LOG =
            "This is no fault of the request; the log of the service tells more.";

    @ServerExceptionMapper
    RestResponse<Problem> ofQuery(QueryException e, UriInfo uri) {
        ProblemKind kind =
                switch (e) {
                    case QueryException.NotServing x -> ProblemKind.NOT_SERVING;
                    case QueryException.Busy x -> ProblemKind.BUSY;
                    case QueryException.UnknownVersion x -> ProblemKind.UNKNOWN_VERSION;
                    case QueryException.RetiredVersion x -> ProblemKind.RETIRED_VERSION;
                    case QueryException.RefusedVersion x -> ProblemKind.REFUSED_VERSION;
                    case QueryException.UnknownDataset x -> ProblemKind.UNKNOWN_DATASET;
                    case QueryException.UnknownCollection x -> ProblemKind.UNKNOWN_DATASET;
                    case QueryException.NoCaptures x -> ProblemKind.NO_CAPTURES;
                    case QueryException.InvalidDomain x -> ProblemKind.INVALID_DOMAIN;
                    case QueryException.InvalidUrl x -> ProblemKind.INVALID_URL;
                    case QueryException.TooMuch x -> ProblemKind.TOO_MUCH;
                    case QueryException.TookTooLong x -> ProblemKind.TOOK_TOO_LONG;
                    case QueryException.InvalidCursor x -> ProblemKind.INVALID_CURSOR;
                    case QueryException.InconsistentVersion x -> ProblemKind.INCONSISTENT_VERSION;
                };
        String path = path(uri);
        if (kind.status() == 500) {
            LOG.errorf(e.getCause(), "%s: %s", path, e.getMessage());
        }
        return answer(kind.about(String.valueOf(e.getMessage()), path));
    }

    @ServerExceptionMapper
    RestResponse<Problem> ofParameter(BadParameterException e, UriInfo uri) {
        return answer(ProblemKind.BAD_PARAMETER.about(String.valueOf(e.getMessage()), path(uri)));
    }

    /** Nobody reads it: the connection is gone. */
    @ServerExceptionMapper
    RestResponse<Problem> ofBrokenOff(BrokenOffException e, UriInfo uri) {
        return answer(ProblemKind.INTERNAL.about(SEE_LOG, path(uri)));
    }

    @ServerExceptionMapper
    RestResponse<Problem> ofStore(IOException e, UriInfo uri) {
        String path = path(uri);
        if (e instanceof StoreUnavailableException) {
            LOG.warnf("%s: %s", path, e.getMessage());
            return answer(ProblemKind.STORE_UNAVAILABLE.about("Ask again in a moment.", path));
        }
        LOG.errorf(e, "%s", path);
        return answer(ProblemKind.INTERNAL.about(SEE_LOG, path));
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
        String path = path(uri);
        LOG.errorf(e, "%s", path);
        return answer(ProblemKind.INTERNAL.about(SEE_LOG, path));
    }

    private static RestResponse<Problem> answer(Problem problem) {
        var answer =
                RestResponse.ResponseBuilder.<Problem>create(problem.status())
                        .entity(problem)
                        .type(Problem.MEDIA_TYPE)
                        .header("Cache-Control", "no-store");
        switch (problem.status()) {
            case 405 -> answer.header("Allow", allowed(problem.instance()));
            case 429, 503 -> answer.header("Retry-After", RETRY_AFTER_SECONDS);
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
