package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionChainTest {
    private final ObjectStore store = ObjectStores.memory();
    private final VersionChain versions = new VersionChain(store);

    @Test
    void thereIsNoVersionAtFirst() throws IOException {
        assertThat(versions.latest()).isEmpty();
        assertThat(versions.read(0)).isEmpty();
    }

    @Test
    void aVersionReadsBackAsItWas() throws IOException {
        versions.publish(version(1, "a"));
        assertThat(versions.latest()).contains(version(1, "a"));
    }

    @Test
    void theNewestIsFoundBeyondAnOldHintAndWithoutOne() throws IOException {
        versions.publish(version(1, "a"));
        versions.announce(version(1, "a"));
        versions.publish(version(2, "a"));
        versions.publish(version(3, "a"));
        assertThat(versions.latest()).map(Version::number).contains(3L);
        store.delete("index/manifest.json");
        assertThat(versions.latest()).map(Version::number).contains(3L);
    }

    @Test
    void aHintThatLeadsNowhereIsNotBelieved() throws IOException {
        versions.publish(version(1, "a"));
        versions.announce(version(9, "a"));
        assertThat(versions.latest()).map(Version::number).contains(1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"format\":1}", "{\"format\":2,\"newest\":1}"})
    void aHintThatCannotBeReadIsNotNeeded(String damaged) throws IOException {
        versions.publish(version(1, "a"));
        versions.publish(version(2, "a"));
        store.put("index/manifest.json", ObjectBody.of(damaged.getBytes(StandardCharsets.UTF_8)));
        assertThat(versions.latest()).map(Version::number).contains(2L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 9})
    void aVersionUnderAnotherNumberIsCorrupt(long other) throws IOException {
        for (long number = 1; number <= 2; number++) {
            versions.publish(version(number, "a"));
        }
        versions.publish(version(9, "a"));
        String third = "index/versions/%020d.json".formatted(3);
        store.put(third, ObjectBody.of(store.get("index/versions/%020d.json".formatted(other))));
        assertThatThrownBy(() -> versions.read(3))
                .isInstanceOf(CorruptCatalogException.class)
                .hasMessageContaining(third)
                .hasMessageContaining("holds version " + other);
        assertThatThrownBy(versions::latest).isInstanceOf(CorruptCatalogException.class);
        assertThatThrownBy(() -> versions.publish(version(3, "b")))
                .isInstanceOf(CorruptCatalogException.class);
    }

    @Test
    void ofTwoPublishersOneWins() throws IOException {
        versions.publish(version(1, "a"));
        assertThat(versions.publish(version(1, "b"))).isEqualTo(new Commit.Lost<>(version(1, "a")));
    }

    private static Version version(long number, String writer) {
        var block =
                new Block(
                        Block.newId(number, "fresh"),
                        List.of(new FileRef("members", 1L << 33, -7)));
        return new Version(
                Version.FORMAT,
                number,
                Instant.parse("2026-01-01T00:00:00.123Z"),
                writer,
                1,
                "2026-01-01",
                List.of(new GenerationRef(block, 0, 12)),
                List.of(new SegmentRef(block, 1, number)),
                block,
                List.of(new LogPosition("topicA", 0, 42)),
                List.of(new DatasetChange(3, 5, 4, Map.of("empty", 1L), 2, 0)),
                new Version.Counts(1, 12, 40, 2),
                3,
                1,
                0,
                List.of("urls/x"),
                List.of("urls/y"));
    }
}
