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

    void accept() {
        accepted++;
    }

    void reject(Rejection rejection) {
        rejected.merge(rejection, 1L, Long::sum);
    }

    void add(Tally other) {
        accepted += other.accepted;
        other.rejected.forEach((rejection, count) -> rejected.merge(rejection, count, Long::sum));
    }

    long read() {
        return accepted + rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    long accepted() {
        return accepted;
    }

    Map<Rejection, Long> rejected() {
        return Collections.unmodifiableMap(rejected);
    }

    DatasetTally of(int datasetId) {
        var byCode = new LinkedHashMap<String, Long>();
        rejected.forEach((rejection, count) -> byCode.put(rejection.code(), count));
        return new DatasetTally(datasetId, read(), accepted, byCode);
    }
}
