package dev.whence.faults;

import java.time.Duration;

/**
 * How long after a fault everything must be well again, by what has to wait then: the sessions,
 * rhythms and times of start that {@code docs/reliability.md} adds up.
 */
enum Within {
    /** The store answers again: the longest wait between two tries, and a request given up. */
    STORE(45),

    /** The broker is there again, or a group has to share its partitions anew. */
    BROKER(60),

    /** A process has to start, and then to take up what others left. */
    START(45);

    /** How much slower than a quiet machine this one may be: {@code -Dslow=}. */
    private static final int SLOW = Integer.getInteger("slow", 2);

    private final int seconds;

    Within(int seconds) {
        this.seconds = seconds;
    }

    /**
     * The bound on this machine.
     *
     * @param start what the start of all services took on it
     */
    Duration bound(Duration start) {
        Duration bound = Duration.ofSeconds(seconds).multipliedBy(SLOW);
        return this == START ? bound.plus(start) : bound;
    }
}
