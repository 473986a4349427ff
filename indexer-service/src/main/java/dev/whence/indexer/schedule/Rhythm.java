package dev.whence.indexer.schedule;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts: the interval, a quarter more or less so that replicas do not
 * march in step, and after failures twice as long each time, up to a minute. Not thread-safe.
 */
final class Rhythm {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Duration interval;
    private final RandomGenerator random;
    private Duration next;

    Rhythm(Duration interval, RandomGenerator random) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("an interval is longer than nothing: " + interval);
        }
        this.interval = interval;
        this.random = random;
        this.next = interval;
    }

    Duration afterSuccess() {
        next = interval;
        return jittered(interval);
    }

    Duration afterFailure() {
        Duration wait = next;
        Duration most = interval.compareTo(LONGEST) > 0 ? interval : LONGEST;
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(most) > 0 ? most : twice;
        return jittered(wait);
    }

    private Duration jittered(Duration wait) {
        return Duration.ofNanos((long) (wait.toNanos() * (0.75 + 0.5 * random.nextDouble())));
    }
}
