package dev.whence.indexer;

/** A compaction is given up because the indexer ends. */
final class CompactionStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CompactionStoppedException() {
        super("compaction is given up: the indexer ends");
    }
}
