package dev.whence.ingest.schedule;

import dev.whence.ingest.IngestCounters;
import dev.whence.ingest.config.IngestDiskConfig;
import dev.whence.ingest.kafka.Ingest;
import dev.whence.store.CountingObjectStore;
import dev.whence.telemetry.DiskMetrics;
import dev.whence.telemetry.DiskRoom;
import dev.whence.telemetry.StoreMetrics;
import dev.whence.url.Rejection;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What ingest counts, as the metrics {@code whence.ingest.*}. */
@ApplicationScoped
class IngestMetrics {
    private final MeterRegistry registry;
    private final IngestDiskConfig disk;

    IngestMetrics(MeterRegistry registry, IngestDiskConfig disk) {
        this.registry = registry;
        this.disk = disk;
    }

    void bind(Ingest ingest, CountingObjectStore lake, Path temporaryDirectory) {
        StoreMetrics.bind(registry, "ingest", lake);
        DiskMetrics.bind(registry, "ingest", DiskRoom.of(temporaryDirectory, disk));
        IngestCounters counters = ingest.counters();
        counter(counters, "whence.ingest.urls.read", IngestCounters::read, "URLs read");
        counter(counters, "whence.ingest.urls.accepted", IngestCounters::accepted, "URLs taken");
        for (Rejection rejection : Rejection.values()) {
            FunctionCounter.builder(
                            "whence.ingest.urls.rejected", counters, c -> c.rejected(rejection))
                    .tag("reason", rejection.code())
                    .description("URLs not taken")
                    .register(registry);
        }
        FunctionCounter.builder("whence.ingest.urls.rejected", counters, IngestCounters::takenDown)
                .tag("reason", "taken-down")
                .description("URLs not taken")
                .register(registry);
        counter(counters, "whence.ingest.batches", IngestCounters::batches, "batches taken");
        counter(
                counters,
                "whence.ingest.dead.letters",
                IngestCounters::deadLetters,
                "batches not taken");
        counter(
                counters,
                "whence.ingest.flush.files",
                IngestCounters::flushFiles,
                "files committed");
        counter(counters, "whence.ingest.flush.rows", IngestCounters::flushRows, "rows committed");
        counter(
                counters,
                "whence.ingest.flush.bytes",
                IngestCounters::flushBytes,
                "bytes of files committed");
        counter(counters, "whence.ingest.spills", IngestCounters::spills, "spills of one batch");
        counter(
                counters,
                "whence.ingest.lost.slots",
                IngestCounters::lostSlots,
                "flushes dropped because another writer was first");
        FunctionTimer.builder(
                        "whence.ingest.flush",
                        counters,
                        IngestCounters::flushes,
                        IngestCounters::flushNanos,
                        TimeUnit.NANOSECONDS)
                .description("flushes, from the begin of writing to the commit")
                .register(registry);
        gauge(ingest, "whence.ingest.buffered.bytes", Ingest::bufferedBytes, "rows in memory");
        gauge(
                ingest,
                "whence.ingest.paused",
                i -> i.counters().isPaused() ? 1 : 0,
                "1 while reading waits for memory");
        gauge(
                ingest,
                "whence.ingest.conditions",
                i -> i.conditions().all().size(),
                "problems that keep it from working; 0 is well");
        ingest.lags()
                .onFirst(partition ->
                        Gauge.builder("whence.ingest.lag", ingest, i -> i.lags().of(partition))
                                .tag("topic", partition.topic())
                                .tag("partition", Integer.toString(partition.partition()))
                                .description("records not committed yet")
                                .register(registry));
    }

    private void counter(
            IngestCounters counters,
            String name,
            ToDoubleFunction<IngestCounters> value,
            String description) {
        FunctionCounter.builder(name, counters, value).description(description).register(registry);
    }

    private void gauge(
            Ingest ingest, String name, ToDoubleFunction<Ingest> value, String description) {
        Gauge.builder(name, ingest, value).description(description).register(registry);
    }
}
