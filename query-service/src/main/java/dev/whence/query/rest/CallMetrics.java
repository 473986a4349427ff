package dev.whence.query.rest;

import dev.whence.query.BoundedCache;
import dev.whence.query.lake.LakeReader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What questions tell: how many, how long, whether they found something, and what caches saved. */
@Singleton
final class CallMetrics {
    private final MeterRegistry registry;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();
    private final Counter hits;
    private final Counter misses;

    @Inject
    CallMetrics(MeterRegistry registry, LakeReader lake) {
        this.registry = registry;
        hits = lookups("hit");
        misses = lookups("miss");
        watch("footers", lake.footerCache());
        watch("runs", lake.runCache());
    }

    private Counter lookups(String outcome) {
        return Counter.builder("whence.query.lookups")
                .tag("outcome", outcome)
                .description("domains that were looked up")
                .register(registry);
    }

    /** Counts a domain that was looked up. */
    void lookup(boolean found) {
        (found ? hits : misses).increment();
    }

    void time(String call, long nanos) {
        timers.computeIfAbsent(call, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Notes a streamed answer: how long it took, and whether its reader has all of it. */
    void streamed(String call, boolean whole, long nanos) {
        Timer.builder("whence.query.streams")
                .tag("call", call)
                .tag("outcome", whole ? "whole" : "broken")
                .description("streamed answers, from their first byte to their last")
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String call) {
        return Timer.builder("whence.query.latency")
                .tag("call", call)
                .description("from the lease on a version to the answer, before it is written")
                .serviceLevelObjectives(
                        Duration.ofNanos(10_000),
                        Duration.ofNanos(100_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(3),
                        Duration.ofMillis(10),
                        Duration.ofMillis(30),
                        Duration.ofMillis(100),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    private void watch(String name, BoundedCache<?, ?> cache) {
        FunctionCounter.builder("whence.query.cache.hits", cache, BoundedCache::hits)
                .tag("cache", name)
                .description("reads of the store that a cache saved")
                .register(registry);
        FunctionCounter.builder("whence.query.cache.misses", cache, BoundedCache::misses)
                .tag("cache", name)
                .description("what was looked for in a cache in vain")
                .register(registry);
        Gauge.builder("whence.query.cache.entries", cache, BoundedCache::size)
                .tag("cache", name)
                .description("what a cache holds")
                .register(registry);
        Gauge.builder("whence.query.cache.weight", cache, BoundedCache::weight)
                .tag("cache", name)
                .description("footers in bytes, runs by their number")
                .register(registry);
    }
}
