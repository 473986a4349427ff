package dev.whence.query.rest;

import dev.whence.query.OpenVersion;
import dev.whence.query.QueryException;
import dev.whence.query.VersionLease;
import dev.whence.query.VersionShelf;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.OptionalLong;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * What every answer has in common: it is made from one version, under a lease, carries the
 * version's tag, need not be made again for who has it already, and is timed.
 */
@Singleton
final class Answers {

    /** Finds in a version what is asked about, or says that it is not there. */
    interface Subject<S> {
        S in(OpenVersion version) throws QueryException;
    }

    /** Makes an answer about a subject from its version. */
    interface Body<S, T> {
        T from(OpenVersion version, S subject) throws QueryException, IOException;
    }

    private final VersionShelf shelf;
    private final CallMetrics metrics;

    @Inject
    Answers(VersionShelf shelf, CallMetrics metrics) {
        this.shelf = shelf;
        this.metrics = metrics;
    }

    /**
     * An answer from the version that is asked for, or the newest. The subject is looked for before
     * the tags are compared: what is not there is a 404 for everybody.
     */
    <S, T> RestResponse<T> answer(
            String call,
            OptionalLong number,
            @Nullable String ifNoneMatch,
            Subject<S> subject,
            Body<S, T> body)
            throws QueryException, IOException {
        long started = System.nanoTime();
        try (VersionLease lease = lease(number)) {
            OpenVersion version = lease.version();
            S found = subject.in(version);
            String tag = EntityTags.of(version.version());
            var answer =
                    EntityTags.matches(ifNoneMatch, tag)
                            ? RestResponse.ResponseBuilder.<T>notModified()
                            : RestResponse.ResponseBuilder.ok(body.from(version, found));
            return answer.header("ETag", tag).header("Cache-Control", "no-cache").build();
        } finally {
            metrics.time(call, System.nanoTime() - started);
        }
    }

    VersionLease lease(OptionalLong number) throws QueryException, IOException {
        return number.isEmpty() ? shelf.lease() : shelf.lease(number.getAsLong());
    }
}
