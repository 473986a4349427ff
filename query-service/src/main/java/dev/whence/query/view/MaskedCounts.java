package dev.whence.query.view;

import dev.whence.query.BoundedCache;
import dev.whence.query.Deadline;
import dev.whence.query.QueryException;
import dev.whence.query.SharedWork;
import java.io.IOException;

/**
 * What masks leave, counted once, and by one thread, however many ask at once. To count what is
 * masked inside a domain its files are read; the counts are kept one by one, so that a first answer
 * that takes too long leaves the next one less to do, and they are the same for all principals.
 * What they sum up to is kept for each, who see different datasets. Thread-safe.
 */
final class MaskedCounts {
    private static final int MOST_COUNTS = 1_000_000;
    private static final int MOST_CHANGES = 1_000_000;

    /** URLs of a domain in a dataset, of one version by one set of rules. */
    private record Count(long version, String writer, long rules, String domain, int datasetId) {}

    private final SharedWork<Count, Long> counts =
            new SharedWork<>(BoundedCache.ofCount(MOST_COUNTS));
    private final SharedWork<Stamp, MaskedHoldings> changes =
            new SharedWork<>(new BoundedCache<>(MOST_CHANGES, MaskedHoldings::weight));

    /** How many URLs are left. */
    long left(
            Stamp stamp,
            String domain,
            int datasetId,
            Deadline deadline,
            BoundedCache.Loader<Long> count)
            throws QueryException, IOException {
        return counts.get(
                new Count(stamp.version(), stamp.writer(), stamp.rules(), domain, datasetId),
                deadline,
                count);
    }

    /** Whether it is known what masks change for the answers of a stamp. */
    boolean knowChanges(Stamp stamp) {
        return changes.isDone(stamp);
    }

    /** What masks change for the answers of a stamp. */
    MaskedHoldings changes(
            Stamp stamp, Deadline deadline, BoundedCache.Loader<MaskedHoldings> count)
            throws QueryException, IOException {
        return changes.get(stamp, deadline, count);
    }
}
