package dev.whence.ingest.schedule;

import dev.whence.ingest.IngestSettings;
import dev.whence.ingest.SourceRoot;
import dev.whence.ingest.config.IngestConfig;
import dev.whence.ingest.config.IngestKafkaConfig;
import dev.whence.ingest.config.IngestStoreConfig;
import dev.whence.ingest.config.IngestTraceConfig;
import dev.whence.ingest.config.SettingsReader;
import dev.whence.ingest.kafka.Ingest;
import dev.whence.store.CountingObjectStore;
import dev.whence.store.ObjectStore;
import dev.whence.telemetry.Traces;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ingest begins and ends with the application. Nothing of it is a bean that others could take. */
@ApplicationScoped
class IngestLifecycle {
    private final IngestConfig config;
    private final IngestKafkaConfig kafka;
    private final IngestStoreConfig store;
    private final IngestTraceConfig traceConfig;
    private final IngestMetrics metrics;
    private final List<ObjectStore> stores = new ArrayList<>();
    private volatile @Nullable Ingest ingest;
    private volatile @Nullable Traces traces;

    IngestLifecycle(
            IngestConfig config,
            IngestKafkaConfig kafka,
            IngestStoreConfig store,
            IngestTraceConfig traceConfig,
            IngestMetrics metrics) {
        this.config = config;
        this.kafka = kafka;
        this.store = store;
        this.traceConfig = traceConfig;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) throws IOException {
        var lake = new CountingObjectStore(store.open());
        stores.add(lake);
        List<SourceRoot> sources = SettingsReader.sources(config, store);
        sources.forEach(source -> stores.add(source.store()));
        IngestSettings settings = SettingsReader.ingest(config);
        Ingest started =
                Ingest.start(
                        settings,
                        SettingsReader.kafka(kafka),
                        lake,
                        sources,
                        Clock.systemUTC(),
                        new SecureRandom());
        Traces opened = Traces.to(traceConfig, "whence-ingest");
        traces = opened;
        started.news().tell(new IngestTrail(opened, Clock.systemUTC()));
        metrics.bind(started, lake, settings.temporary());
        ingest = started;
    }

    void stop(@Observes ShutdownEvent event) {
        Ingest running = ingest;
        if (running != null) {
            running.close();
        }
        Traces opened = traces;
        if (opened != null) {
            opened.close();
        }
        stores.forEach(ObjectStore::close);
    }

    /** Null until the application has started. */
    @Nullable Ingest ingest() {
        return ingest;
    }
}
