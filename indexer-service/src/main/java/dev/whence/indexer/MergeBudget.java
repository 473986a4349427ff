package dev.whence.indexer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of files the merges of one publish may concern. What does not fit is queued, so
 * that no batch of another dataset waits for it. Thread-safe.
 */
final class MergeBudget {
    private final AtomicLong left;

    MergeBudget(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    static MergeBudget unlimited() {
        return new MergeBudget(Long.MAX_VALUE);
    }

    /** Takes so much, if it is left. */
    boolean take(long bytes) {
        long before = left.getAndUpdate(now -> now < bytes ? now : now - bytes);
        return before >= bytes;
    }
}
