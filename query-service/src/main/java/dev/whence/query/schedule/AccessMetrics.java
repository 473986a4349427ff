package dev.whence.query.schedule;

import dev.whence.query.access.RulesFollower;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What following the access rules tells. */
@Singleton
final class AccessMetrics {
    private final Counter failures;
    private volatile boolean alive = true;

    @Inject
    AccessMetrics(MeterRegistry registry, RulesFollower rules) {
        failures =
                Counter.builder("whence.query.access.failures")
                        .description("looks for access rules that failed")
                        .register(registry);
        Gauge.builder("whence.query.access.rules", rules, r -> r.state().rules())
                .description("the number of the access rules in force, 0 for none, -1 for unknown")
                .register(registry);
        Gauge.builder("whence.query.access.age.seconds", rules, r -> r.age().toMillis() / 1000.0)
                .description("how long ago the end of the chain of rules was last seen")
                .register(registry);
    }

    void failed() {
        failures.increment();
    }

    /** Whether the loop still runs. */
    boolean alive() {
        return alive;
    }

    void ended() {
        alive = false;
    }
}
