package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.store.StoreUnavailableException;
import org.jboss.logging.Logger;

/**
 * What went wrong, as it is told. What is ours to mend is logged whole and told without its
 * insides.
 */
public final class Problems {
    /** After so many seconds one asks again for what is a problem for the moment. */
    public static final String RETRY_AFTER_SECONDS = "1";

    /** How one says who one is, RFC 6750. */
    public static final String CHALLENGE = "Bearer realm=\"whence\"";

    private static final Logger LOG = Logger.getLogger(Problems.class);

    private static final String SEE_LOG =
            "This is no fault of the request; the log of the service tells more.";

    private Problems() {}

    /** The problem with the question at a path. */
    public static Problem of(Throwable e, String path) {
        return switch (e) {
            case QueryException query -> ofQuery(query, path);
            case BadParameterException parameter ->
                    ProblemKind.BAD_PARAMETER.about(String.valueOf(parameter.getMessage()), path);
            case StoreUnavailableException store -> {
                LOG.warnf("%s: %s", call(path), store.getMessage());
                yield ProblemKind.STORE_UNAVAILABLE.about("Ask again in a moment.", path);
            }
            default -> {
                LOG.errorf(e, "%s", call(path));
                yield ProblemKind.INTERNAL.about(SEE_LOG, path);
            }
        };
    }

    /** A path without what somebody asked about: that is in no log. */
    private static String call(String path) {
        return path.replaceFirst("^/v1/domain/[^/]*", "/v1/domain/…");
    }

    private static Problem ofQuery(QueryException e, String path) {
        ProblemKind kind =
                switch (e) {
                    case QueryException.NotServing x -> ProblemKind.NOT_SERVING;
                    case QueryException.Unauthenticated x -> ProblemKind.UNAUTHENTICATED;
                    case QueryException.Forbidden x -> ProblemKind.FORBIDDEN;
                    case QueryException.RulesUnknown x -> ProblemKind.RULES_UNKNOWN;
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
        if (kind.status() == 500) {
            LOG.errorf(e.getCause(), "%s: %s", call(path), e.getMessage());
        }
        return kind.about(String.valueOf(e.getMessage()), path);
    }
}
