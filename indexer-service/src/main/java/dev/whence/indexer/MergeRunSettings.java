package dev.whence.indexer;

/**
 * When merges are part of a publish, and how they run beside it.
 *
 * @param atOnceBytes of files that the merges of one publish may concern, 0 or more; a merge beyond
 *     that is queued, so that no batch of another dataset waits for it
 * @param threads how many datasets' queues are carried out at a time, 1 to 64
 */
public record MergeRunSettings(long atOnceBytes, int threads) {
    public static final MergeRunSettings DEFAULT = new MergeRunSettings(64L << 20, 2);

    public MergeRunSettings {
        if (atOnceBytes < 0) {
            throw new IllegalArgumentException(
                    "whence.indexer.merge.at-once-bytes is 0 or more, not " + atOnceBytes);
        }
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException(
                    "whence.indexer.merge.threads is 1 to 64, not " + threads);
        }
    }
}
