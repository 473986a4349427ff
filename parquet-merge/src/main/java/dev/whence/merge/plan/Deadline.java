package dev.whence.merge.plan;

import java.time.Duration;

/** A moment after which planning reads no more. Thread-safe. */
final class Deadline {
    private final long start = System.nanoTime();
    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    static Deadline in(Duration time) {
        // Durations beyond some centuries do not fit.
        return new Deadline(
                time.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE : time.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - start >= nanos;
    }
}
