package dev.whence.house;

import dev.whence.indexer.config.IndexerConfig;
import dev.whence.indexer.config.IndexerStoreConfig;
import dev.whence.ingest.config.IngestConfig;
import dev.whence.ingest.config.IngestDiskConfig;
import dev.whence.ingest.config.IngestKafkaConfig;
import dev.whence.ingest.config.IngestTraceConfig;
import dev.whence.ingest.config.SettingsReader;
import dev.whence.query.config.QueryConfig;
import dev.whence.query.config.SettingsCheck;
import dev.whence.telemetry.Traces;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What the services make of settings when they start, without starting them. */
final class SettingValues {
    private static final Map<String, String> NEEDED = Map.of("whence.store.location", "memory:///");

    private SettingValues() {}

    /** Reads a duration as the framework does. */
    static Duration duration(String value) {
        return new DurationConverter().convert(value);
    }

    /** What a service does at its start with the settings below a prefix. */
    private static final Map<String, Consumer<Map<String, String>>> CHECKS =
            Map.of(
                    "whence.ingest",
                            values -> SettingsReader.ingest(read(IngestConfig.class, values)),
                    "whence.kafka",
                            values -> SettingsReader.kafka(read(IngestKafkaConfig.class, values)),
                    "whence.traces",
                            values ->
                                    Traces.to(read(IngestTraceConfig.class, values), "whence")
                                            .close(),
                    "whence.disk", values -> read(IngestDiskConfig.class, values).check(),
                    "whence.indexer", values -> read(IndexerConfig.class, values).settings(),
                    "whence.query", values -> SettingsCheck.check(read(QueryConfig.class, values)),
                    "whence.store",
                            values -> read(IndexerStoreConfig.class, values).open().close());

    /** Whether a service checks the settings below this prefix. */
    static boolean areChecked(String prefix) {
        return CHECKS.containsKey(prefix);
    }

    /** Reads and checks settings; throws what a start would. */
    static void check(Map<String, String> values) {
        CHECKS.forEach((prefix, check) -> {
            if (values.keySet().stream().anyMatch(name -> name.startsWith(prefix + "."))) {
                check.accept(values);
            }
        });
    }

    private static <T> T read(Class<T> mapping, Map<String, String> values) {
        var all = new HashMap<>(NEEDED);
        all.putAll(values);
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(mapping)
                .withConverter(Duration.class, 300, new DurationConverter())
                .withSources(new PropertiesConfigSource(all, "test", 500))
                .withDefaultValue("java.io.tmpdir", System.getProperty("java.io.tmpdir"))
                .build()
                .getConfigMapping(mapping);
    }
}
