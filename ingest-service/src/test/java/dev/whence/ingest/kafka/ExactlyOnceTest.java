package dev.whence.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.LogEntry;
import dev.whence.ingest.FlushLimits;
import dev.whence.ingest.IngestSettings;
import dev.whence.store.fault.Fault;
import dev.whence.store.fault.FaultyObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every record's rows stand in the log once, whatever dies, doubles or forgets. */
@Tag("slow")
class ExactlyOnceTest {
    private static final String DATASET = "d";

    /** Numbers of writes: the first flush registers topic and dataset, each has two files. */
    private static final long TOPIC = 1;

    private static final long FIRST_ENTRY = 5;
    private static final long SECOND_ENTRY = 8;

    /** Rows that may stand twice, so that a batch that is taken twice shows. */
    private static String batch(int number) {
        return "{\"dataset\": \"d\", \"strategy\": \"append\", \"urls\": [\"http://a.example/%d\", \"http://b.example/%d\", \"mailto:nobody\"]}"
                .formatted(number, number);
    }

    private static void assertHoldsOnce(Rig rig, int batches) throws IOException {
        assertThat(rig.urls(0, DATASET))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, batches)
                                .boxed()
                                .flatMap(i ->
                                        List.of("http://a.example/" + i, "http://b.example/" + i)
                                                .stream())
                                .toList());
        long read =
                rig.entries(0).stream()
                        .flatMap(entry -> entry.tallies().stream())
                        .mapToLong(tally -> tally.read())
                        .sum();
        assertThat(read).isEqualTo(3L * batches);
    }

    /** The order of writes, for the test after this one. */
    @Test
    void twoFlushesWriteTheTopicTheDatasetAndTheirFilesBeforeTheirEntries() throws IOException {
        try (Rig rig = new Rig(1)) {
            FaultyObjectStore store = FaultyObjectStore.none(rig.store);
            rig.start(rig.settings(), store);
            rig.send(DATASET, batch(0));
            rig.awaitCommitted(0, 1);
            assertThat(store.writes()).isEqualTo(FIRST_ENTRY);
            rig.send(DATASET, batch(1));
            rig.awaitCommitted(0, 2);
            assertThat(store.writes()).isEqualTo(SECOND_ENTRY);
        }
    }

    /** Those of the chains, through a real broker: all writes are gone through without one. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    @Tag("slow")
    void aFaultAtACommitLosesAndDoublesNothing(Fault fault) throws IOException {
        for (long write : List.of(TOPIC, FIRST_ENTRY, SECOND_ENTRY)) {
            try (Rig rig = new Rig(1)) {
                FaultyObjectStore store = FaultyObjectStore.at(write, fault, rig.store);
                rig.send(DATASET, batch(0));
                Ingest ingest = rig.start(rig.settings(), store);
                if (fault == Fault.DIES_BEFORE || fault == Fault.DIES_AFTER) {
                    Rig.await(
                            "first flush or death",
                            () -> store.hasFailed() || rig.committed(0) == 1);
                    rig.send(DATASET, batch(1));
                    Rig.await(
                            "death or second flush",
                            () -> store.hasFailed() || rig.committed(0) == 2);
                    ingest.close();
                    rig.start(rig.settings(), rig.store);
                } else {
                    rig.awaitCommitted(0, 1);
                    rig.send(DATASET, batch(1));
                }
                rig.awaitCommitted(0, 2);
                assertHoldsOnce(rig, 2);
                assertEveryNamedObjectIsThere(rig);
            }
        }
    }

    private static void assertEveryNamedObjectIsThere(Rig rig) throws IOException {
        for (LogEntry entry : rig.entries(0)) {
            assertThat(rig.store.head(entry.rejectsFile()).bytes()).isPositive();
        }
    }

    @Test
    void aRestartGoesOnAtTheCommittedSlotWhateverKafkaRemembers() throws IOException {
        try (Rig rig = new Rig(1)) {
            for (int i = 0; i < 5; i++) {
                rig.send(DATASET, batch(i));
            }
            Ingest first = rig.start(rig.settings(), rig.store);
            rig.awaitCommitted(0, 5);
            first.close();
            for (int i = 5; i < 8; i++) {
                rig.send(DATASET, batch(i));
            }
            // A group that Kafka has never seen has no offsets at all.
            rig.start(rig.settings(), rig.store);
            rig.awaitCommitted(0, 8);
            assertHoldsOnce(rig, 8);
        }
    }

    @Test
    void twoConsumersOfOnePartitionRaceForEachSlot() throws IOException {
        try (Rig rig = new Rig(1)) {
            var ingests = new ArrayList<Ingest>();
            for (int i = 0; i < 3; i++) {
                IngestSettings settings =
                        rig.settings(
                                new FlushLimits(8 << 20, Duration.ofMillis(20 + 7 * i), 32 << 20));
                ingests.add(rig.start(settings, rig.store));
            }
            int batches = 60;
            for (int i = 0; i < batches; i++) {
                rig.send(DATASET, batch(i));
            }
            rig.awaitCommitted(0, batches);
            long lost = ingests.stream().mapToLong(i -> i.counters().lostSlots()).sum();
            assertThat(lost).as("slots that another took").isPositive();
            assertHoldsOnce(rig, batches);
        }
    }

    @Test
    @Tag("slow")
    void aGroupSharesPartitionsAndMovesThem() throws IOException {
        try (Rig rig = new Rig(3)) {
            Ingest first = rig.start(rig.settings(), rig.store, "group");
            for (int i = 0; i < 30; i++) {
                rig.send(i % 3, DATASET, batch(i));
            }
            Rig.await("first records", () -> rig.committed(0) > 0);
            rig.start(rig.settings(), rig.store, "group");
            for (int i = 30; i < 60; i++) {
                rig.send(i % 3, DATASET, batch(i));
            }
            Rig.await("the second to be in the group", () -> rig.committed(2) > 10);
            first.close();
            for (int i = 60; i < 90; i++) {
                rig.send(i % 3, DATASET, batch(i));
            }
            var urls = new ArrayList<String>();
            for (int partition = 0; partition < 3; partition++) {
                rig.awaitCommitted(partition, 30);
                urls.addAll(rig.urls(partition, DATASET));
            }
            assertThat(urls).hasSize(180).doesNotHaveDuplicates();
        }
    }
}
