package dev.whence.ingest;

import dev.whence.catalog.DatasetTally;
import dev.whence.url.Rejection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** What became of the URLs of a dataset's batches. Not thread-safe. */
final class Tally {
    private static final Rejection[] REJECTIONS = Rejection.values();

    private final long[] rejected = new long[REJECTIONS.length];
    private long accepted;

    void accept() {
        accepted++;
    }

    void reject(Rejection rejection) {
        rejected[rejection.ordinal()]++;
    }

    void add(Tally other) {
        accepted += other.accepted;
        for (int i = 0; i < rejected.length; i++) {
            rejected[i] += other.rejected[i];
        }
    }

    long accepted() {
        return accepted;
    }

    /** By the code of the reason; only those that occur. */
    Map<String, Long> rejected() {
        var byCode = new LinkedHashMap<String, Long>();
        for (Rejection rejection : REJECTIONS) {
            if (rejected[rejection.ordinal()] > 0) {
                byCode.put(rejection.code(), rejected[rejection.ordinal()]);
            }
        }
        return byCode;
    }

    void forEachRejected(ObjLongConsumer<Rejection> visitor) {
        for (Rejection rejection : REJECTIONS) {
            visitor.accept(rejection, rejected[rejection.ordinal()]);
        }
    }

    long read() {
        long read = accepted;
        for (long count : rejected) {
            read += count;
        }
        return read;
    }

    DatasetTally of(int datasetId) {
        return new DatasetTally(datasetId, read(), accepted, rejected());
    }
}
