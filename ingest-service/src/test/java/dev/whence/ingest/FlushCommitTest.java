package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import dev.whence.catalog.DatasetTally;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.ObjectStores;
import dev.whence.store.fault.Fault;
import dev.whence.store.fault.FaultyObjectStore;
import dev.whence.store.fault.StoreAround;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlushCommitTest {
    private static final List<String> RECORDS =
            List.of(
                    "{\"dataset\": \"d\", \"strategy\": \"append\", \"urls\": [\"http://b.example/0\", \"http://a.example/0\", \"mailto:x\"]}",
                    "{\"dataset\": \"e\", \"strategy\": \"append\", \"urls\": [\"http://e.example/1\"]}",
                    "damaged",
                    "{\"dataset\": \"d\", \"strategy\": \"append\", \"urls\": [\"http://a.example/3\"]}");
    private static final List<String> URLS =
            List.of(
                    "http://a.example/0",
                    "http://b.example/0",
                    "http://e.example/1",
                    "http://a.example/3");

    @TempDir Path temporary;

    private Parts parts(ObjectStore store) {
        return new Parts(store, temporary);
    }

    private static String keyOf(String record) {
        return record.contains("\"e\"") ? "e" : "d";
    }

    /** Takes and commits the records from the log's end on, two in a flush. */
    private static void run(Parts parts) throws Exception {
        run(parts, parts.tenure(parts.log.end(Parts.PARTITION, 0)));
    }

    private static void run(Parts parts, Tenure tenure) throws Exception {
        for (long slot = tenure.committed(); slot < RECORDS.size(); slot = tenure.committed()) {
            try (Flush flush = parts.flush(tenure, slot)) {
                for (long offset = slot; offset < Math.min(slot + 2, RECORDS.size()); offset++) {
                    String record = RECORDS.get((int) offset);
                    parts.take(flush, offset, keyOf(record), record);
                }
                parts.commit.carryOut(flush);
            }
        }
    }

    @Test
    void anEntrySaysWhatTheFlushHolds() throws Exception {
        try (Parts parts = parts(ObjectStores.memory())) {
            run(parts);
            List<LogEntry> entries = parts.entries();
            assertThat(entries).extracting(LogEntry::slot).containsExactly(0L, 2L);
            assertThat(entries).extracting(LogEntry::nextOffset).containsExactly(2L, 4L);
            assertThat(entries).extracting(LogEntry::deadLetters).containsExactly(0L, 1L);
            LogEntry first = entries.getFirst();
            assertThat(first.tallies())
                    .containsExactly(
                            new DatasetTally(0, 3, 2, Map.of("unsupported-scheme", 1L)),
                            new DatasetTally(1, 1, 1, Map.of()));
            assertThat(first.files()).hasSize(2);
            for (LandingFile file : first.files()) {
                byte[] content = parts.store.get(file.key());
                var crc = new CRC32C();
                crc.update(content);
                assertThat((int) crc.getValue()).isEqualTo(file.crc32c());
                assertThat(content).hasSize((int) file.bytes());
            }
            assertThat(first.files().getFirst().firstDomain()).isEqualTo("a.example");
            assertThat(first.files().getFirst().lastDomain()).isEqualTo("b.example");
            assertThat(rejects(parts, first))
                    .isEqualTo(
                            "{\"offset\":0,\"dataset\":\"d\",\"reason\":\"unsupported-scheme\",\"url\":\"mailto:x\"}\n");
            assertThat(entries.getLast().rejectsFile()).isNull();
            assertThat(parts.counters.flushes()).isEqualTo(2);
            assertThat(parts.counters.flushFiles()).isEqualTo(3);
            assertThat(parts.counters.flushRows()).isEqualTo(4);
            assertThat(parts.localFiles()).isEmpty();
        }
    }

    private static String rejects(Parts parts, LogEntry entry) throws IOException {
        byte[] content = parts.store.get(entry.rejectsFile());
        try (var zstd = new ZstdInputStream(new ByteArrayInputStream(content))) {
            return new String(zstd.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As Java throws where direct memory or threads run out, which ends no process by itself. */
    @Test
    void anErrorOfAnUploadEndsTheWritingThreadAndStopsNoPartition() throws Exception {
        var error = new OutOfMemoryError("as where direct memory runs out");
        try (Parts parts = parts(failingLandingFiles(ObjectStores.memory(), error))) {
            Tenure tenure = parts.tenure(0);
            Flush flush = parts.flush(tenure, 0);
            parts.take(flush, 0, "d", RECORDS.getFirst());
            assertThat(parts.letters).isEmpty();
            try (var writer = new FlushThread(parts.commit, parts.conditions)) {
                writer.start();
                assertThat(writer.isAlive()).isTrue();
                writer.submit(flush);
                long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
                while (writer.isAlive() && System.nanoTime() < end) {
                    Thread.sleep(5);
                }
                assertThat(writer.isAlive()).isFalse();
            }
            assertThat(tenure.isActive()).isTrue();
            assertThat(parts.conditions.all()).isEmpty();
        }
    }

    private static ObjectStore failingLandingFiles(ObjectStore store, Error error) {
        return new StoreAround(store) {
            @Override
            public void put(String key, ObjectBody body) throws ObjectStoreException {
                if (key.startsWith("urls/")) {
                    throw error;
                }
                super.put(key, body);
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultAtAnyWriteLosesAndDoublesNothing(Fault fault) throws Exception {
        FaultyObjectStore counting = FaultyObjectStore.none(ObjectStores.memory());
        try (Parts parts = parts(counting)) {
            run(parts);
        }
        assertThat(counting.writes()).isEqualTo(8); // two ids, three files, rejects, two entries
        for (long write = 1; write <= counting.writes(); write++) {
            try (ObjectStore memory = ObjectStores.memory()) {
                var faulty = FaultyObjectStore.at(write, fault, memory);
                Parts first = parts(faulty);
                runUntilDeath(
                        first, faulty, fault == Fault.DIES_BEFORE || fault == Fault.DIES_AFTER);
                first.uploads.shutdownNow();
                Parts second = parts(memory);
                run(second);
                assertHoldsEverythingOnce(second);
                second.uploads.shutdownNow();
                assertThat(temporary).isEmptyDirectory();
            }
        }
    }

    /** Runs to the end, or to the process's: after it the tenure has nobody who goes on. */
    private static void runUntilDeath(Parts parts, FaultyObjectStore store, boolean deadly)
            throws Exception {
        Tenure tenure = parts.tenure(0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> run =
                    threads.submit(() -> {
                        run(parts, tenure);
                        return null;
                    });
            while (!run.isDone()) {
                if (deadly && store.hasFailed() && !parts.conditions.all().isEmpty()) {
                    tenure.leave(Tenure.State.ENDED, "the process died");
                }
                Thread.sleep(1);
            }
            assertThat(run.state())
                    .isEqualTo(tenure.isActive() ? Future.State.SUCCESS : Future.State.FAILED);
            assertThat(store.hasFailed()).isTrue();
        }
    }

    private static void assertHoldsEverythingOnce(Parts parts) throws IOException {
        List<LogEntry> entries = parts.entries();
        assertThat(entries).extracting(LogEntry::slot).containsExactly(0L, 2L);
        assertThat(entries).flatExtracting(parts::urls).containsExactlyInAnyOrderElementsOf(URLS);
        assertThat(entries).extracting(LogEntry::deadLetters).containsExactly(0L, 1L);
        assertThat(rejects(parts, entries.getFirst())).hasLineCount(1);
    }

    private static Flush flushOfOne(Parts parts, Tenure tenure) throws Exception {
        Flush flush = parts.flush(tenure, tenure.committed());
        parts.take(flush, 0, "d", RECORDS.getFirst());
        return flush;
    }

    @Test
    void aZombieFindsItsSlotTakenAndDropsItsWork() throws Exception {
        try (Parts zombie = parts(ObjectStores.memory());
                Flush flush = flushOfOne(zombie, zombie.tenure(0))) {
            LogEntry winner =
                    new LogEntry(
                            Parts.PARTITION,
                            0,
                            9,
                            Instant.EPOCH,
                            "w",
                            List.of(),
                            List.of(),
                            0,
                            null);
            zombie.log.append(winner);
            zombie.commit.carryOut(flush);
            assertThat(zombie.entries()).containsExactly(winner);
            assertThat(flush.tenure().state()).isEqualTo(Tenure.State.LOST);
            assertThat(flush.tenure().committed()).isZero();
            assertThat(zombie.counters.lostSlots()).isEqualTo(1);
            assertThat(zombie.counters.flushes()).isZero();
        }
    }

    @Test
    void nothingIsCommittedForATopicThatWasMadeAgain() throws Exception {
        try (Parts parts =
                        new Parts(
                                ObjectStores.memory(),
                                temporary,
                                BatchLimits.DEFAULT,
                                List.of(),
                                64,
                                _ -> false);
                Flush flush = flushOfOne(parts, parts.tenure(0))) {
            assertThatThrownBy(() -> parts.commit.carryOut(flush))
                    .isInstanceOf(AbandonedException.class)
                    .hasMessageContaining("its topic was made again");
            assertThat(flush.tenure().state()).isEqualTo(Tenure.State.LOST);
            assertThat(parts.entries()).isEmpty();
        }
    }

    @Test
    void nothingIsWrittenForATenureThatEnded() throws Exception {
        try (Parts parts = parts(ObjectStores.memory());
                Flush flush = flushOfOne(parts, parts.tenure(0))) {
            flush.tenure().leave(Tenure.State.ENDED, "the partition went to another consumer");
            assertThatThrownBy(() -> parts.commit.carryOut(flush))
                    .isInstanceOf(AbandonedException.class);
            assertThat(parts.entries()).isEmpty();
            try (var objects = parts.store.list("urls/")) {
                assertThat(objects).isEmpty();
            }
        }
    }

    @Test
    void aFailureThatNoOtherTryMendsStopsThePartitionAloneAndLoudly() throws Exception {
        TopicCheck fault =
                _ -> {
                    throw new IllegalStateException("a fault of the code");
                };
        try (Parts parts =
                        new Parts(
                                ObjectStores.memory(),
                                temporary,
                                BatchLimits.DEFAULT,
                                List.of(),
                                64,
                                fault);
                var writer = new FlushThread(parts.commit, parts.conditions)) {
            writer.start();
            Flush flush = flushOfOne(parts, parts.tenure(0));
            Tenure tenure = flush.tenure();
            Flush next = parts.flush(tenure, 1);
            parts.take(next, 1, "d", RECORDS.getLast());
            writer.submit(flush);
            writer.submit(next);
            while (writer.isBusy()) {
                writer.await(Duration.ofSeconds(1));
            }
            assertThat(tenure.state()).isEqualTo(Tenure.State.STOPPED);
            assertThat(parts.conditions.all().get(tenure.toString()))
                    .contains("stopped: a flush failed", "a fault of the code");
            assertThat(writer.isAlive()).isTrue();
            assertThat(parts.entries()).isEmpty();
            assertThat(parts.pool.usedBytes()).isZero();
            assertThat(parts.localFiles()).isEmpty();
        }
    }
}
