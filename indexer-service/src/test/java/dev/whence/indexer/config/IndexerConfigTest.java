package dev.whence.indexer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.catalog.RetentionRules;
import dev.whence.indexer.CompactionSettings;
import dev.whence.indexer.IndexerSettings;
import dev.whence.indexer.MergeRunSettings;
import dev.whence.indexer.PublishLimits;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexerConfigTest {

    @Test
    void hasADefaultForEverySetting() {
        IndexerConfig config = read(Map.of());
        assertThat(config.settings())
                .isEqualTo(
                        new IndexerSettings(
                                new PublishLimits(1_000, PublishLimits.defaultRows(), 1L << 30),
                                8,
                                12,
                                64,
                                2,
                                32,
                                new RetentionRules(Duration.ofHours(24), 100, Duration.ofHours(24)),
                                false,
                                Duration.ofHours(6),
                                100_000,
                                Duration.ofHours(24),
                                MergeRunSettings.DEFAULT,
                                CompactionSettings.DEFAULT));
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.compaction().enabled()).isTrue();
        assertThat(config.compaction().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.retireInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.orphanInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(config.cacheDirectory()).isEqualTo(Path.of("whence-data/cache/indexer"));
    }

    @Test
    void readsWhatIsSet() {
        IndexerConfig config =
                read(
                        Map.of(
                                "whence.indexer.poll-interval", "PT0.2S",
                                "whence.indexer.cache-directory", "elsewhere",
                                "whence.indexer.publish-rows", "7",
                                "whence.indexer.dry-run", "true"));
        assertThat(config.pollInterval()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.cacheDirectory()).isEqualTo(Path.of("elsewhere"));
        assertThat(config.settings().limits().rows()).isEqualTo(7);
        assertThat(config.settings().dryRun()).isTrue();
    }

    @Test
    void readsWhereTheStoreIs() {
        IndexerStoreConfig store =
                new SmallRyeConfigBuilder()
                        .withMapping(IndexerStoreConfig.class)
                        .withSources(
                                new PropertiesConfigSource(
                                        Map.of("whence.store.location", "memory:///"), "test", 500))
                        .build()
                        .getConfigMapping(IndexerStoreConfig.class);
        try (var opened = store.open()) {
            assertThat(opened.location("key").getScheme()).isEqualTo("memory");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fan-out, 1",
        "fan-out, 33",
        "most-live, 1",
        "compared-files, 0",
        "threads, 65",
        "check-samples, -1",
        "orphan-keys-per-sweep, 0",
        "orphan-safety-age, PT-1S",
        "compaction.fan-out, 1",
        "compaction.most-files, 9",
        "compaction.file-bytes, 1000",
        "compaction.run-bytes, 134217728",
        "compaction.publish-interval, PT-1S"
    })
    void namesTheSettingThatIsOutOfBounds(String name, String value) {
        IndexerConfig config = read(Map.of("whence.indexer." + name, value));
        assertThatThrownBy(config::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whence.indexer." + name);
    }

    private static IndexerConfig read(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(IndexerConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build()
                .getConfigMapping(IndexerConfig.class);
    }
}
