package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import dev.whence.lake.CorruptUrlFileException;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IndexerTest {
    @TempDir Path directory;
    Fixture fixture;
    Landings landings;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(directory, 2);
        landings = fixture.landings;
    }

    @Test
    void publishesNothingWhenNothingIsNew() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            assertThat(indexer.publishOnce()).isEqualTo(new Outcome.Idle(0));
            assertThat(fixture.versions.latest()).isEmpty();
        }
    }

    @Test
    void adoptsAppendedFilesAsTheyAre() throws IOException {
        LogEntry entry =
                landings.commit(
                        0,
                        Batch.append("c4", "https://a.example/1", "https://a.example/1"),
                        Batch.append("pile", "https://www.b.example/", "ftp://a.example/1"));
        try (Indexer indexer = fixture.indexer()) {
            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
        }
        fixture.assertExact();
        assertThat(fixture.liveKeys())
                .containsExactlyElementsOf(entry.files().stream().map(LandingFile::key).toList());
        assertThat(fixture.newest().changes())
                .containsExactly(
                        new DatasetChange(0, 3, 2, Map.of("no_host", 1L), 2, 0),
                        new DatasetChange(1, 3, 2, Map.of("no_host", 1L), 2, 0));
        assertThat(fixture.newest().positions().getFirst().nextOffset())
                .isEqualTo(entry.nextOffset());
    }

    @Test
    void keepsAnInsertedUrlOnceOverBatchesAndPublishes() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            landings.commit(0, Batch.insert("c4", "http://a.example/1", "http://a.example/2"));
            landings.commit(1, Batch.insert("c4", "http://a.example/2", "http://a.example/3"));
            fixture.publishAll(indexer);
            fixture.assertExact();
            landings.commit(
                    0,
                    Batch.insert("c4", "http://a.example/3", "https://a.example/3"),
                    Batch.insert("pile", "http://a.example/3"));
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
    }

    @Test
    void tellsWhenTheFirstAndTheNewestBatchOfADatasetCame() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            LogEntry first = landings.commit(0, Batch.insert("c4", "http://a.example/1"));
            LogEntry second = landings.commit(1, Batch.insert("c4", "http://a.example/2"));
            fixture.publishAll(indexer);
            assertIngests(0, first.committedAt(), second.committedAt());
            LogEntry third = landings.commit(0, Batch.insert("pile", "http://a.example/2"));
            LogEntry fourth = landings.commit(1, Batch.insert("c4", "http://a.example/2"));
            fixture.publishAll(indexer);
            assertIngests(0, first.committedAt(), fourth.committedAt());
            assertIngests(1, third.committedAt(), third.committedAt());
        }
    }

    private void assertIngests(int datasetId, Instant first, Instant last) throws IOException {
        try (Base newest = fixture.open(fixture.newest())) {
            DatasetTable.Row row = newest.row(datasetId).orElseThrow();
            assertThat(row.firstIngestAt()).isEqualTo(first);
            assertThat(row.lastIngestAt()).isEqualTo(last);
        }
    }

    @Test
    void writesAReducedCopyAndSupersedesTheLandingFile() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            String kept = key(landings.commit(0, Batch.insert("c4", "http://a.example/1")));
            fixture.publishAll(indexer);
            String landing =
                    key(
                            landings.commit(
                                    0,
                                    Batch.insert("c4", "http://a.example/1", "http://b.example/")));
            fixture.publishAll(indexer);

            fixture.assertExact();
            assertThat(fixture.liveKeys()).hasSize(2).contains(kept).doesNotContain(landing);
            assertThat(fixture.liveKeys().getLast())
                    .startsWith("urls/dataset_id=0/domain_prefix=__HIVE_DEFAULT_PARTITION__/part-");
            assertThat(fixture.newest().superseded()).contains(landing);
        }
    }

    @Test
    void changesNothingWhenEverythingIsInsertedAgain() throws IOException {
        Batch[] batches = {
            Batch.insert("c4", "http://a.example/1", "http://b.example/1"),
            Batch.insert("pile", "http://c.example/")
        };
        try (Indexer indexer = fixture.indexer()) {
            landings.commit(0, batches);
            fixture.publishAll(indexer);
            List<String> before = fixture.liveKeys();
            Version.Counts counts = fixture.newest().counts();

            landings.commit(1, batches);
            fixture.publishAll(indexer);

            fixture.assertExact();
            assertThat(fixture.newest().number()).isEqualTo(2);
            assertThat(fixture.newest().counts()).isEqualTo(counts);
            assertThat(fixture.newest().changes())
                    .extracting(DatasetChange::added)
                    .containsExactly(0L, 0L);
            assertThat(fixture.liveKeys()).isEqualTo(before);
            assertThat(fixture.keys("urls/")).noneMatch(key -> key.contains("/part-"));
        }
    }

    @Test
    void readsNothingOfTheLakeForDomainsThatAreNew() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            landings.commit(0, Batch.insert("c4", "http://a.example/1"));
            fixture.publishAll(indexer);
            landings.commit(0, Batch.insert("c4", "http://b.example/1"));
            landings.commit(0, Batch.insert("pile", "http://a.example/1"));
            fixture.publishAll(indexer);
            assertThat(indexer.compared().calls()).isZero();
            landings.commit(0, Batch.insert("c4", "http://a.example/2"));
            fixture.publishAll(indexer);
            assertThat(indexer.compared().bytesRead()).isPositive();
        }
        fixture.assertExact();
    }

    /** Small files: one read brings all of one, and it is kept for the next publish. */
    @Test
    void readsASmallFileOnceForManyInserts() throws IOException {
        int files = 40;
        var many = Fixture.settings(new PublishLimits(1, 1_000_000, 1L << 30), 8, 12);
        try (Indexer indexer = fixture.indexer(fixture.store, many)) {
            for (int file = 0; file < files; file++) {
                landings.commit(0, Batch.append("c4", "http://a.example/" + file));
            }
            fixture.publishAll(indexer);
            assertThat(indexer.compared().calls()).isZero();

            landings.commit(0, Batch.insert("c4", "http://a.example/7", "http://a.example/x"));
            fixture.publishAll(indexer);
            assertThat(indexer.compared().calls()).isEqualTo(files);

            for (int insert = 0; insert < 5; insert++) {
                landings.commit(0, Batch.insert("c4", "http://a.example/y" + insert));
                fixture.publishAll(indexer);
            }
            assertThat(indexer.compared().calls()).isEqualTo(files + 5);
        }
        fixture.assertExact();
    }

    @Test
    void comparesWithMoreFilesThanAreOpenAtATime() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            for (int file = 0; file < 7; file++) {
                landings.commit(0, Batch.append("c4", "http://a.example/" + file));
                fixture.publishAll(indexer);
            }
            landings.commit(
                    0,
                    Batch.insert(
                            "c4",
                            IntStream.range(0, 9)
                                    .mapToObj(i -> "http://a.example/" + i)
                                    .toArray(String[]::new)));
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
    }

    @Test
    void letsAnErrorThroughWhereverItComesFrom() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            landings.commit(0, Batch.insert("c4", "http://a.example/1"));
            fixture.publishAll(indexer);
        }
        landings.commit(0, Batch.insert("c4", "http://a.example/1", "http://b.example/1"));
        landings.commit(1, Batch.append("pile", "http://c.example/1"));
        for (long read = 1; ; read++) {
            var store =
                    new FailingReads(
                            fixture.store,
                            read,
                            key -> {
                                throw new OutOfMemoryError("not really");
                            });
            try (Indexer indexer = fixture.indexer(store, Fixture.settings())) {
                Throwable thrown = catchThrowable(indexer::publishOnce);
                if (store.reads() < read) {
                    assertThat(thrown).isNull();
                    break;
                }
                assertThat(thrown).isInstanceOf(OutOfMemoryError.class);
            }
        }
        fixture.assertExact();
    }

    @Test
    void takesWholeEntriesUpToTheLimits() throws IOException {
        for (int i = 0; i < 5; i++) {
            landings.commit(i % 2, Batch.append("c4", "http://a.example/" + i));
        }
        var two = Fixture.settings(new PublishLimits(2, 1_000, 1 << 30), 8, 12);
        try (Indexer indexer = fixture.indexer(fixture.store, two)) {
            assertThat(fixture.publishAll(indexer)).isEqualTo(3);
        }
        var oneRow = Fixture.settings(new PublishLimits(10, 1, 1 << 30), 8, 12);
        landings.commit(0, Batch.append("c4", "http://a.example/x", "http://a.example/y"));
        landings.commit(0, Batch.append("c4", "http://a.example/z"));
        try (Indexer indexer = fixture.indexer(fixture.store, oneRow)) {
            assertThat(fixture.publishAll(indexer)).isEqualTo(2);
        }
        fixture.assertExact();
    }

    @Test
    void publishesEntriesThatBroughtNothing() throws IOException {
        LogEntry entry = landings.commit(0, Batch.append("c4"));
        try (Indexer indexer = fixture.indexer()) {
            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
        }
        fixture.assertExact();
        assertThat(fixture.newest().positions().getFirst().nextOffset())
                .isEqualTo(entry.nextOffset());
        assertThat(fixture.newest().segments()).isEmpty();
    }

    @Test
    void foldsItsStacksWithoutChangingAnAnswer() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            for (int i = 0; i < 20; i++) {
                landings.commit(
                        0,
                        Batch.append(
                                "c4", "http://d%d.example/".formatted(i), "http://a.example/"));
                fixture.publishAll(indexer);
                indexer.foldOnce();
                indexer.foldOnce();
                fixture.publishAll(indexer);
                assertThat(fixture.newest().segments()).hasSizeLessThanOrEqualTo(5);
                assertThat(fixture.newest().generations()).hasSizeLessThanOrEqualTo(5);
            }
        }
        fixture.assertExact();
    }

    @Test
    void stopsAtACorruptLandingFileAndNamesIt() throws IOException {
        String key = key(landings.commit(0, Batch.append("c4", "http://a.example/1")));
        byte[] content = fixture.store.get(key);
        for (int at = 0; at < content.length / 4; at++) {
            content[at] ^= 0x55;
        }
        fixture.store.put(key, ObjectBody.of(content));
        try (Indexer indexer = fixture.indexer()) {
            assertThatThrownBy(indexer::publishOnce)
                    .isInstanceOf(CorruptUrlFileException.class)
                    .hasMessageContaining(key);
            assertThat(fixture.versions.latest()).isEmpty();
            assertThat(fixture.keys("index/")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Strategy.class,
            names = {"APPEND", "INSERT"})
    void adoptsNoLandingFileWithADamagedByteWhereverItIs(Strategy strategy) throws IOException {
        var batch = new Batch("c4", strategy, List.of("http://a.example/1", "http://b.example/2"));
        String key = key(landings.commit(0, batch));
        byte[] content = fixture.store.get(key);
        try (Indexer indexer = fixture.indexer()) {
            for (int at = 0; at < content.length; at += 41) {
                byte[] damaged = content.clone();
                damaged[at] ^= 1;
                fixture.store.put(key, ObjectBody.of(damaged));
                assertThatThrownBy(indexer::publishOnce)
                        .as("byte %d", at)
                        .isInstanceOf(CorruptUrlFileException.class)
                        .hasMessageContaining(key)
                        .hasMessageContaining("CRC32C");
            }
            fixture.store.put(key, ObjectBody.of(content));
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
    }

    @Test
    void stopsAtAMissingLandingFileAndNamesIt() throws IOException {
        String key = key(landings.commit(0, Batch.append("c4", "http://a.example/1")));
        fixture.store.delete(key);
        try (Indexer indexer = fixture.indexer()) {
            assertThatThrownBy(indexer::publishOnce)
                    .isInstanceOf(ObjectNotFoundException.class)
                    .hasMessageContaining(key);
        }
    }

    @Test
    void stopsAtAStrategyThatItCannotApply() throws IOException {
        var delete = new Batch("c4", Strategy.DELETE, List.of("http://a.example/1"));
        var entry =
                new LogEntry(
                        new dev.whence.catalog.LogPartition(Landings.TOPIC, 0),
                        0,
                        1,
                        fixture.clock.tick(),
                        "writer",
                        List.of(landings.land(landings.id("c4"), 0, 0, delete)),
                        List.of(),
                        0,
                        null);
        new dev.whence.catalog.CommitLog(fixture.store).append(entry);
        try (Indexer indexer = fixture.indexer()) {
            assertThatThrownBy(indexer::publishOnce)
                    .isInstanceOf(IndexingStoppedException.class)
                    .hasMessageContaining(key(entry))
                    .hasMessageContaining("delete");
        }
    }

    private static String key(LogEntry entry) {
        return entry.files().getFirst().key();
    }
}
