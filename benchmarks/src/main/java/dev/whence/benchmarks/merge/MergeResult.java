package dev.whence.benchmarks.merge;

/**
 * One contestant and one change.
 *
 * @param countSeconds of the next full count; 0 if nobody counted
 * @param rows count and hash of all rows it left, the same for the same rows in any order; empty if
 *     it left none
 */
record MergeResult(
        MergeChange change,
        String contestant,
        double mergeSeconds,
        long bytesRead,
        long bytesWritten,
        double countSeconds,
        String rows) {

    MergeResult judged(double seconds, String fingerprint) {
        return new MergeResult(
                change, contestant, mergeSeconds, bytesRead, bytesWritten, seconds, fingerprint);
    }
}
