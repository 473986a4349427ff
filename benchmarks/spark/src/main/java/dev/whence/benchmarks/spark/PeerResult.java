package dev.whence.benchmarks.spark;

import java.util.Locale;

/**
 * What a contestant took and what it left.
 *
 * @param mergeSeconds zero if only its rows were read here
 */
record PeerResult(
        String change,
        String contestant,
        double mergeSeconds,
        long bytesRead,
        long bytesWritten,
        double countSeconds,
        Rows rows) {

    /**
     * All rows.
     *
     * @param sum of hashes over all columns, whatever the order
     * @param xor of the same
     */
    record Rows(long count, long sum, long xor) {}

    /** The line in the results. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%s\t%s\t%.3f\t%d\t%d\t%.3f\t%d\t%d\t%d",
                change,
                contestant,
                mergeSeconds,
                bytesRead,
                bytesWritten,
                countSeconds,
                rows.count(),
                rows.sum(),
                rows.xor());
    }
}
