package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitLogTest {
    private final ObjectStore store = ObjectStores.memory();
    private final CommitLog log = new CommitLog(store);
    private final LogPartition partition = new LogPartition("topicA", 2);

    @Test
    void anEntryReadsBackAsItWas() throws IOException {
        LogEntry entry = entry(0, 10);
        log.append(entry);
        assertThat(log.read(partition, 0)).contains(entry);
    }

    @Test
    void theChainIsFollowedThroughGapsInOffsets() throws IOException {
        log.append(entry(0, 10));
        log.append(entry(10, 17));
        log.append(entry(17, 400));
        assertThat(log.end(partition, 0)).isEqualTo(400);
        assertThat(log.end(partition, 17)).isEqualTo(400);
        assertThat(log.end(partition, 400)).isEqualTo(400);
        assertThat(log.end(new LogPartition("topicA", 3), 0)).isZero();
    }

    @Test
    void aZombieFindsItsSlotTaken() throws IOException {
        LogEntry first = entry(0, 10);
        log.append(first);
        assertThat(log.append(entry(0, 5))).isEqualTo(new Commit.Lost<>(first));
    }

    @Test
    void partitionsComeFromRegistrationsAlone() throws IOException {
        assertThat(log.partitions()).isEmpty();
        log.register("topicA", "batches", 2);
        log.register("topicA", "batches", 2);
        log.register("topicB", "batches", 1);
        new CommitLog(store).register("topicA", "batches", 3);
        assertThat(log.partitions())
                .containsExactly(
                        new LogPartition("topicA", 0),
                        new LogPartition("topicA", 1),
                        new LogPartition("topicA", 2),
                        new LogPartition("topicB", 0));
    }

    @Test
    void anEntryUnderAnotherSlotIsCorrupt() throws IOException {
        log.append(entry(0, 10));
        String from = "ingest/log/topicA/2/%020d.json".formatted(0);
        String to = "ingest/log/topicA/2/%020d.json".formatted(10);
        store.put(to, ObjectBody.of(store.get(from)));
        assertThatThrownBy(() -> log.read(partition, 10))
                .isInstanceOf(CorruptCatalogException.class)
                .hasMessageContaining(to);
    }

    @Test
    void anEntryCoversAtLeastOneOffset() {
        assertThatThrownBy(() -> entry(5, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    private LogEntry entry(long slot, long nextOffset) {
        return new LogEntry(
                partition,
                slot,
                nextOffset,
                Instant.parse("2026-01-01T00:00:00Z"),
                "writer-" + slot + "-" + nextOffset,
                List.of(
                        new LandingFile(
                                "urls/f.parquet",
                                7,
                                Strategy.FULL_MERGE,
                                3,
                                1L << 40,
                                "a.example",
                                "b.example",
                                -5)),
                List.of(new DatasetTally(7, 4, 3, Map.of("invalid-host", 1L))),
                2,
                null);
    }
}
