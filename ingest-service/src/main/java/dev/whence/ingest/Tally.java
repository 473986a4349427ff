package dev.whence.ingest;

import dev.whence.catalog.DatasetTally;
import dev.whence.url.Rejection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of the URLs of a dataset's batches. Not thread-safe. */
final class Tally {
    private final EnumMap<Rejection, Long> rejected = new EnumMap<>(Rejection.class);
    private long accepted;
    private long takenDown;

    void accept() {
        accepted++;
    }

    void reject(Rejection rejection) {
        rejected.merge(rejection, 1L, Long::sum);
    }

    /** A URL that is one, and that nobody is to be told of. */
    void takeDown() {
        takenDown++;
    }

    void add(Tally other) {
        accepted += other.accepted;
        takenDown += other.takenDown;
        other.rejected.forEach((rejection, count) -> rejected.merge(rejection, count, Long::sum));
    }

    long read() {
        return accepted + takenDown + rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    long accepted() {
        return accepted;
    }

    long takenDown() {
        return takenDown;
    }

    Map<Rejection, Long> rejected() {
        return Collections.unmodifiableMap(rejected);
    }

    DatasetTally of(int datasetId) {
        var byCode = new LinkedHashMap<String, Long>();
        rejected.forEach((rejection, count) -> byCode.put(rejection.code(), count));
        if (takenDown > 0) {
            byCode.put(TakenDown.REASON, takenDown);
        }
        return new DatasetTally(datasetId, read(), accepted, byCode);
    }
}
