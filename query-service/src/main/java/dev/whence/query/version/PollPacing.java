package dev.whence.query.version;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to look again: after the interval, spread by a quarter either way so that replicas do not
 * ask in step; after failures twice as long each time, up to a minute. Not thread-safe.
 */
public final class PollPacing {
    private static final long LONGEST_MILLIS = 60_000;

    private final long intervalMillis;
    private final RandomGenerator random;
    private long waitMillis;

    public PollPacing(Duration interval, RandomGenerator random) {
        this.intervalMillis = interval.toMillis();
        this.random = random;
        this.waitMillis = intervalMillis;
    }

    /** How long to wait after such a step. */
    public Duration after(FollowStep step) {
        waitMillis =
                switch (step) {
                    case FollowStep.Unchanged u -> intervalMillis;
                    case FollowStep.Advanced a -> intervalMillis;
                    case FollowStep.Refused r -> longer();
                    case FollowStep.Failed f -> longer();
                };
        return Duration.ofMillis(Math.round(waitMillis * random.nextDouble(0.75, 1.25)));
    }

    private long longer() {
        return Math.max(intervalMillis, Math.min(LONGEST_MILLIS, 2 * waitMillis));
    }
}
