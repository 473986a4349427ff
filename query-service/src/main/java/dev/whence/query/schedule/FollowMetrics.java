package dev.whence.query.schedule;

import dev.whence.query.version.FollowStep;
import dev.whence.query.version.VersionFollower;
import dev.whence.query.version.VersionShelf;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** What following tells: swaps, refusals, failures, versions open, and how far behind it is. */
@Singleton
final class FollowMetrics {
    private final Counter swaps;
    private final Counter refusals;
    private final Counter failures;
    private volatile boolean alive = true;

    @Inject
    FollowMetrics(MeterRegistry registry, VersionShelf shelf, VersionFollower follower) {
        swaps = counter(registry, "swaps", "versions that were opened and served");
        refusals = counter(registry, "refusals", "looks at a version that is broken or too new");
        failures = counter(registry, "poll.failures", "looks for a version that got no answer");
        Gauge.builder("whence.query.version", shelf, s -> s.served().orElse(-1))
                .description("the version that is served, -1 for none yet")
                .register(registry);
        Gauge.builder("whence.query.version.lag", follower, f -> lag(shelf, f))
                .description("known versions that are newer than the served one")
                .register(registry);
        Gauge.builder(
                        "whence.query.behind.seconds",
                        follower,
                        f -> f.state().behind(Instant.now()).toMillis() / 1000.0)
                .description("since when the end of the chain has not been reached")
                .register(registry);
        Gauge.builder("whence.query.version.age.seconds", shelf, s -> age(s, Instant.now()))
                .description("since when the served version is published, none for no version")
                .register(registry);
        Gauge.builder("whence.query.open.versions", shelf, VersionShelf::openVersions)
                .description("versions that are mapped, the served one and older ones")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder("whence.query." + name).description(description).register(registry);
    }

    private static double age(VersionShelf shelf, Instant now) {
        return shelf.servedPublishedAt()
                .map(published -> Duration.between(published, now).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    void count(FollowStep step) {
        switch (step) {
            case FollowStep.Unchanged u -> {}
            case FollowStep.Advanced a -> swaps.increment();
            case FollowStep.Refused r -> refusals.increment();
            case FollowStep.Failed f -> failures.increment();
        }
    }

    /** Whether the loop still runs. */
    boolean alive() {
        return alive;
    }

    void ended() {
        alive = false;
    }

    private static double lag(VersionShelf shelf, VersionFollower follower) {
        return Math.max(0, follower.state().newestKnown() - Math.max(0, shelf.served().orElse(0)));
    }
}
