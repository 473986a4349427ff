package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogJsonTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final CatalogJson<LogEntry> json = new CatalogJson<>(LogEntry.class);
    private final LogEntry entry =
            new LogEntry(
                    new LogPartition("topicA", 2),
                    0,
                    10,
                    Instant.parse("2026-01-01T00:00:00Z"),
                    "writer",
                    List.of(
                            new LandingFile(
                                    "urls/f", 7, Strategy.APPEND, 3, 40, "a.example", "b", -5)),
                    List.of(new DatasetTally(7, 4, 3, Map.of("no_host", 1L))),
                    2,
                    null);

    /** A record as it was, and as it is since somebody added two fields. */
    record Before(int format, String name) {}

    record Since(int format, String name, @Nullable String colour, @Nullable Integer size) {}

    @Test
    void readsWhatWasWrittenBeforeAFieldWasAdded() throws IOException {
        byte[] before = new CatalogJson<>(Before.class).write(new Before(1, "a"));
        assertThat(new CatalogJson<>(Since.class).read("key", before))
                .isEqualTo(new Since(1, "a", null, null));
        byte[] since = new CatalogJson<>(Since.class).write(new Since(1, "a", "blue", 3));
        assertThat(new CatalogJson<>(Before.class).read("key", since))
                .isEqualTo(new Before(1, "a"));
    }

    @Test
    void aFieldThatMayBeNullMayBeAbsent() throws IOException {
        ObjectNode tree = tree();
        assertThat(tree.path("rejects_file").isNull()).isTrue();
        tree.remove("rejects_file");
        assertThat(read(tree)).isEqualTo(entry);
    }

    @Test
    void everyOtherFieldMustBeThere() throws IOException {
        for (String field : tree().properties().stream().map(Map.Entry::getKey).toList()) {
            if (!field.equals("rejects_file") && !field.equals("merges")) {
                ObjectNode without = tree();
                without.remove(field);
                assertRefused(field, without);
                ObjectNode withNull = tree();
                withNull.putNull(field);
                assertRefused(field, withNull);
            }
        }
        for (String field : List.of("key", "strategy", "rows", "crc32c")) {
            ObjectNode tree = tree();
            ((ObjectNode) tree.path("files").path(0)).remove(field);
            assertRefused("files[]." + field, tree);
        }
    }

    @Test
    void anEntryWithMergesIsOfAFormatThatAnOlderReaderRefuses() throws IOException {
        var source = new LandingFile("ingest/b", 7, Strategy.FULL_MERGE, 3, 40, "a", "b", -5);
        var effect =
                new Effect(
                        Strategy.FULL_MERGE,
                        RewriteMode.AUTO,
                        null,
                        new BatchPart("nightly", 2, true),
                        false);
        var merging =
                new LogEntry(
                        entry.logPartition(),
                        0,
                        10,
                        entry.committedAt(),
                        "writer",
                        entry.files(),
                        entry.tallies(),
                        0,
                        null,
                        List.of(
                                new LoggedMerge(7, effect, 1, List.of(source)),
                                new LoggedMerge(8, Effect.retraction(), 1, List.of())));
        byte[] written = json.write(merging);
        assertThat(MAPPER.readTree(written).path("format").asInt()).isEqualTo(2);
        assertThat(json.read("the/key", written)).isEqualTo(merging);
        assertThat(merging.allFiles()).hasSize(2).contains(source);
        assertThat(tree().path("format").asInt()).isEqualTo(1);
        ObjectNode later = tree();
        later.put("format", 3);
        assertThatThrownBy(() -> read(later))
                .isInstanceOf(CatalogTooNewException.class)
                .hasMessageContaining("expected format 1 to 2");
    }

    private void assertRefused(String what, ObjectNode tree) {
        assertThatThrownBy(() -> read(tree))
                .as(what)
                .isInstanceOf(CorruptCatalogException.class)
                .hasMessageContaining("the/key");
    }

    private ObjectNode tree() throws IOException {
        return (ObjectNode) MAPPER.readTree(json.write(entry));
    }

    private LogEntry read(ObjectNode tree) throws IOException {
        return json.read("the/key", tree.toString().getBytes(StandardCharsets.UTF_8));
    }
}
