package dev.whence.telemetry;

import dev.whence.store.CountingObjectStore;
import dev.whence.store.StoreOperation;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What a service asks of the store, as the metrics {@code whence.store.*}. */
public final class StoreMetrics {
    private StoreMetrics() {}

    /**
     * Shows what is counted from now on.
     *
     * @param service whose store it is: {@code ingest}, {@code indexer} or {@code query}
     */
    public static void bind(MeterRegistry registry, String service, CountingObjectStore store) {
        for (StoreOperation operation : StoreOperation.values()) {
            FunctionTimer.builder(
                            "whence.store.requests",
                            store,
                            s -> s.counts(operation).calls(),
                            s -> s.counts(operation).nanos(),
                            TimeUnit.NANOSECONDS)
                    .tag("service", service)
                    .tag("operation", operation.text())
                    .description("what was asked of the store, answered or not")
                    .register(registry);
            FunctionCounter.builder(
                            "whence.store.failures", store, s -> s.counts(operation).failures())
                    .tag("service", service)
                    .tag("operation", operation.text())
                    .description("what the store did not answer, or refused")
                    .register(registry);
        }
        bytes(registry, service, store, "read", s -> s.counts().bytesRead());
        bytes(registry, service, store, "written", s -> s.counts().bytesWritten());
    }

    private static void bytes(
            MeterRegistry registry,
            String service,
            CountingObjectStore store,
            String direction,
            ToDoubleFunction<CountingObjectStore> bytes) {
        FunctionCounter.builder("whence.store.bytes", store, bytes)
                .tag("service", service)
                .tag("direction", direction)
                .description("bytes that the store gave or took")
                .register(registry);
    }
}
