package dev.whence.index;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts readers of something that its owner may close at any time: it goes when it is closed and
 * nobody reads, exactly once, and nobody waits. Thread-safe.
 */
final class ReaderCount {

    /** Set when the owner has closed; the other bits count readers. */
    private static final long CLOSED = Long.MIN_VALUE;

    private final AtomicLong state = new AtomicLong();
    private final Runnable lastGone;

    ReaderCount(Runnable lastGone) {
        this.lastGone = lastGone;
    }

    /** False once it is closed. */
    boolean acquire() {
        for (long seen = state.get(); seen >= 0; seen = state.get()) {
            if (state.compareAndSet(seen, seen + 1)) {
                return true;
            }
        }
        return false;
    }

    void release() {
        long left =
                state.updateAndGet(seen -> {
                    if ((seen & ~CLOSED) == 0) {
                        throw new IllegalStateException("Released more than acquired");
                    }
                    return seen - 1;
                });
        if (left == CLOSED) {
            lastGone.run();
        }
    }

    void close() {
        long before = state.getAndUpdate(seen -> seen | CLOSED);
        if (before == 0) {
            lastGone.run();
        }
    }
}
