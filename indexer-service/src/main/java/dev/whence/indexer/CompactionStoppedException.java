package dev.whence.indexer;

import java.io.IOException;

/** A compaction was given up because the indexer ends. */
final class CompactionStoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    CompactionStoppedException() {
        super("compaction was given up: the indexer ends");
    }
}
