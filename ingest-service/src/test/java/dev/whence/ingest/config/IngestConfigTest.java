package dev.whence.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.ingest.BatchLimits;
import dev.whence.ingest.FlushLimits;
import dev.whence.ingest.IngestSettings;
import dev.whence.ingest.SourceRoot;
import dev.whence.ingest.kafka.KafkaSettings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngestConfigTest {
    @TempDir Path directory;

    @Test
    void hasADefaultForEverySetting() {
        IngestSettings settings = SettingsReader.ingest(read(IngestConfig.class, Map.of()));
        assertThat(settings)
                .isEqualTo(
                        new IngestSettings(
                                new FlushLimits(
                                        64L << 20,
                                        Duration.ofSeconds(1),
                                        Runtime.getRuntime().maxMemory() / 4),
                                new BatchLimits(
                                        16 << 20, 64, 64 << 10, 10_000, 1_000_000_000, 1L << 30),
                                Set.of(),
                                false,
                                Duration.ofMinutes(5),
                                settings.temporary(),
                                Duration.ofSeconds(5)));
        assertThat(settings.temporary())
                .hasParentRaw(Path.of(System.getProperty("java.io.tmpdir")));
        assertThat(SettingsReader.kafka(read(IngestKafkaConfig.class, Map.of())))
                .isEqualTo(
                        new KafkaSettings(
                                "localhost:9092", "whence.url-batches", "whence-ingest", Map.of()));
    }

    @Test
    void readsWhatIsSet() {
        IngestSettings settings =
                SettingsReader.ingest(
                        read(
                                IngestConfig.class,
                                Map.ofEntries(
                                        Map.entry("whence.ingest.flush-bytes", "1000000"),
                                        Map.entry("whence.ingest.flush-age", "PT0.2S"),
                                        Map.entry("whence.ingest.buffer-bytes", "2000000"),
                                        Map.entry("whence.ingest.max-message-bytes", "5000"),
                                        Map.entry("whence.ingest.max-extras", "1"),
                                        Map.entry("whence.ingest.max-extras-bytes", "2"),
                                        Map.entry("whence.ingest.max-objects", "3"),
                                        Map.entry("whence.ingest.max-claim-rows", "4"),
                                        Map.entry("whence.ingest.max-rejects-bytes", "6000"),
                                        Map.entry("whence.ingest.spread-datasets", "a,b"),
                                        Map.entry("whence.ingest.accept-lost-records", "true"),
                                        Map.entry("whence.ingest.access-max-age", "PT30S"),
                                        Map.entry("whence.ingest.temporary-directory", "here"),
                                        Map.entry("whence.ingest.stop-timeout", "PT0S"))));
        assertThat(settings)
                .isEqualTo(
                        new IngestSettings(
                                new FlushLimits(1_000_000, Duration.ofMillis(200), 2_000_000),
                                new BatchLimits(5_000, 1, 2, 3, 4, 6_000),
                                Set.of("a", "b"),
                                true,
                                Duration.ofSeconds(30),
                                Path.of("here"),
                                Duration.ZERO));
        assertThat(
                        SettingsReader.kafka(
                                read(
                                        IngestKafkaConfig.class,
                                        Map.of(
                                                "whence.kafka.bootstrap-servers", "h:1",
                                                "whence.kafka.topic", "t",
                                                "whence.kafka.group", "g",
                                                "whence.kafka.client.\"security.protocol\"",
                                                        "SSL"))))
                .isEqualTo(new KafkaSettings("h:1", "t", "g", Map.of("security.protocol", "SSL")));
    }

    @Test
    void propertiesOfKafkasClientsAreVariablesOfTheEnvironment() {
        IngestKafkaConfig config =
                new SmallRyeConfigBuilder()
                        .withMapping(IngestKafkaConfig.class)
                        .withSources(
                                new EnvConfigSource(
                                        Map.of(
                                                "WHENCE_KAFKA_CLIENT__SECURITY_PROTOCOL_",
                                                "SASL_SSL",
                                                "WHENCE_KAFKA_CLIENT__SASL_JAAS_CONFIG_",
                                                "a module with a password",
                                                "WHENCE_KAFKA_CLIENT__SSL_TRUSTSTORE_LOCATION_",
                                                "/etc/whence/kafka/ca.crt"),
                                        300))
                        .build()
                        .getConfigMapping(IngestKafkaConfig.class);
        assertThat(SettingsReader.kafka(config).client())
                .containsOnly(
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.jaas.config", "a module with a password"),
                        Map.entry("ssl.truststore.location", "/etc/whence/kafka/ca.crt"));
    }

    @Test
    void showsNoPassword() {
        var settings = new KafkaSettings("h:1", "t", "g", Map.of("sasl.jaas.config", "secret"));
        assertThat(settings.toString()).contains("h:1", "t", "g").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "flush-bytes, 262143",
        "flush-bytes, 68719476737",
        "flush-age, PT0S",
        "flush-age, PT2H",
        "buffer-bytes, 262143",
        "buffer-bytes, 68719476737",
        "max-message-bytes, 1023",
        "max-message-bytes, 268435457",
        "max-extras, -1",
        "max-extras, 10001",
        "max-extras-bytes, -1",
        "max-extras-bytes, 131073",
        "max-objects, -1",
        "max-objects, 1000001",
        "max-claim-rows, 0",
        "max-rejects-bytes, 1023",
        "access-max-age, PT0.5S",
        "access-max-age, P2D",
        "stop-timeout, PT-1S",
        "stop-timeout, PT11M"
    })
    void namesTheSettingThatIsOutOfBounds(String name, String value) {
        IngestConfig config = read(IngestConfig.class, Map.of("whence.ingest." + name, value));
        assertThatThrownBy(() -> SettingsReader.ingest(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whence.ingest." + name + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://raw/c4",
                "s3:///",
                "https://raw.example/c4/",
                "raw/",
                "s3://raw/c4?x/",
                "s3://raw/%2e/",
                "file:/in/"
            })
    void refusesASourceThatIsNoPrefix(String prefix) {
        IngestConfig config = read(IngestConfig.class, Map.of("whence.ingest.sources", prefix));
        assertThatThrownBy(() -> SettingsReader.sources(config, store()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whence.ingest.sources");
    }

    @Test
    void opensEachSourceAtItsOwnPlace() throws Exception {
        String prefix = directory.toUri() + "in/";
        prefix = prefix.replaceFirst("^file:/+", "file:///");
        IngestConfig config =
                read(IngestConfig.class, Map.of("whence.ingest.sources", prefix + ",s3://raw/c4/"));
        var sources = SettingsReader.sources(config, store());
        assertThat(sources).extracting(SourceRoot::prefix).containsExactly(prefix, "s3://raw/c4/");
        assertThat(sources.getFirst().store().location("x.txt").toString()).endsWith("/in/x.txt");
        assertThat(sources.getLast().store().location("x.txt").toString())
                .isEqualTo("s3://raw/c4/x.txt");
        sources.forEach(source -> source.store().close());
    }

    private static IngestStoreConfig store() {
        return read(
                IngestStoreConfig.class,
                Map.of(
                        "whence.store.location", "memory:///",
                        "whence.store.endpoint", "http://localhost:1",
                        "whence.store.access-key", "a",
                        "whence.store.secret-key", "s"));
    }

    private static <T> T read(Class<T> mapping, Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build()
                .getConfigMapping(mapping);
    }
}
