package dev.whence.indexer.schedule;

import dev.whence.indexer.config.IndexerConfig;
import dev.whence.indexer.config.IndexerDiskConfig;
import dev.whence.indexer.config.IndexerStoreConfig;
import dev.whence.indexer.config.IndexerTraceConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The service's own threads, set as a file of properties would set them. */
final class Lifecycles {
    private Lifecycles() {}

    /**
     * One that is not started yet, on the store and the cache of a directory.
     *
     * @param properties beyond those that say where it works, and that it works fast
     */
    static IndexerLifecycle in(
            Path directory, Map<String, String> properties, MeterRegistry metrics) {
        SmallRyeConfig settings = settings(directory, properties);
        return new IndexerLifecycle(
                config(settings),
                settings.getConfigMapping(IndexerStoreConfig.class),
                settings.getConfigMapping(IndexerTraceConfig.class),
                metrics(settings, metrics));
    }

    /** One of which a dataset's queue cannot be carried out, as it says. */
    static IndexerLifecycle withBrokenQueue(Path directory, MeterRegistry metrics, String problem) {
        SmallRyeConfig settings = settings(directory, Map.of());
        return new IndexerLifecycle(
                config(settings),
                settings.getConfigMapping(IndexerStoreConfig.class),
                settings.getConfigMapping(IndexerTraceConfig.class),
                metrics(settings, metrics)) {
            @Override
            String queueProblem() {
                return problem;
            }
        };
    }

    static IndexerMetrics metrics(Path directory, MeterRegistry metrics) {
        return metrics(settings(directory, Map.of()), metrics);
    }

    static IndexerConfig config(Path directory) {
        return config(settings(directory, Map.of()));
    }

    private static IndexerConfig config(SmallRyeConfig settings) {
        return settings.getConfigMapping(IndexerConfig.class);
    }

    private static IndexerMetrics metrics(SmallRyeConfig settings, MeterRegistry metrics) {
        return new IndexerMetrics(metrics, settings.getConfigMapping(IndexerDiskConfig.class));
    }

    private static SmallRyeConfig settings(Path directory, Map<String, String> properties) {
        var all = new HashMap<>(properties);
        all.put("whence.store.location", directory.resolve("store").toUri().toString());
        all.put("whence.indexer.cache-directory", directory.resolve("cache").toString());
        all.put("whence.indexer.poll-interval", "PT0.05S");
        return new SmallRyeConfigBuilder()
                .withMapping(IndexerConfig.class)
                .withMapping(IndexerStoreConfig.class)
                .withMapping(IndexerTraceConfig.class)
                .withMapping(IndexerDiskConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 500))
                .build();
    }
}
