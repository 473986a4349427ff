package dev.whence.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetTally;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPartition;
import dev.whence.ingest.FlushLimits;
import dev.whence.ingest.IngestSettings;
import dev.whence.ingest.SourceRoot;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.ObjectStores;
import dev.whence.store.S3Settings;
import dev.whence.store.StoreUnavailableException;
import dev.whence.store.fault.StoreAround;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What ingest does where memory, or what the broker still has, comes to an end. */
@Tag("slow")
class BoundsTest {

    @Test
    void waitsForMemoryAndGoesOn() throws IOException {
        try (Rig rig = new Rig(4)) {
            var sent = new HashSet<String>();
            for (int i = 0; i < 24; i++) {
                int batch = i;
                List<String> urls =
                        IntStream.range(0, 4_000)
                                .mapToObj(
                                        u -> "http://h%d.example/%d/%d".formatted(u % 13, batch, u))
                                .toList();
                sent.addAll(urls);
                rig.send(i % 4, "set-" + i % 4, Rig.insert("set-" + i % 4, urls));
            }
            // Three chunks for four partitions, each of whose batches needs one or two.
            Ingest ingest =
                    rig.start(
                            rig.settings(
                                    new FlushLimits(
                                            64 << 20,
                                            Duration.ofSeconds(2),
                                            3 * FlushLimits.CHUNK_BYTES)),
                            rig.store);
            var stored = new ArrayList<String>();
            for (int partition = 0; partition < 4; partition++) {
                rig.awaitCommitted(partition, 6);
                stored.addAll(rig.urls(partition, "set-" + partition));
            }
            assertThat(stored).hasSameSizeAs(sent);
            assertThat(new HashSet<>(stored)).isEqualTo(sent);
            assertThat(ingest.bufferedBytes()).isZero();
        }
    }

    @Test
    void stopsLoudlyWhereUnreadRecordsWereDeletedAndOthersGoOn() throws Exception {
        try (Rig rig = new Rig(2)) {
            for (int i = 0; i < 4; i++) {
                rig.send(0, "d", Rig.insert("d", List.of("http://a.example/" + i)));
                rig.send(1, "e", Rig.insert("e", List.of("http://b.example/" + i)));
            }
            try (Admin admin = rig.admin()) {
                admin.deleteRecords(
                                Map.of(
                                        new TopicPartition(rig.topic, 0),
                                        RecordsToDelete.beforeOffset(2)))
                        .all()
                        .get();
            }
            Ingest ingest = rig.start(rig.settings(), rig.store);
            rig.awaitCommitted(1, 4);
            Rig.await(
                    "condition",
                    () ->
                            ingest.conditions().all().values().stream()
                                    .anyMatch(c -> c.contains("records 0 to 1 were deleted")));
            assertThat(rig.committed(0)).isZero();
            ingest.close();

            IngestSettings settings = rig.settings();
            var accepting =
                    new IngestSettings(
                            settings.flush(),
                            settings.batch(),
                            Set.of(),
                            true,
                            settings.accessMaxAge(),
                            settings.temporary(),
                            Duration.ZERO);
            Ingest second = rig.start(accepting, rig.store);
            rig.awaitCommitted(0, 4);
            assertThat(rig.urls(0, "d"))
                    .containsExactly("http://a.example/2", "http://a.example/3");
            assertThat(second.conditions().all()).isEmpty();
        }
    }

    @Test
    void followsATopicThatIsMadeAgain() throws Exception {
        try (Rig rig = new Rig(1)) {
            rig.send("d", Rig.insert("d", List.of("http://old.example/")));
            rig.send("d", Rig.insert("d", List.of("http://old.example/2")));
            Ingest ingest = rig.start(rig.settings(), rig.store);
            rig.awaitCommitted(0, 2);
            String oldId = rig.topicId();
            try (Admin admin = rig.admin()) {
                admin.deleteTopics(List.of(rig.topic)).all().get();
                Rig.await("deletion", () -> !admin.listTopics().names().get().contains(rig.topic));
                admin.createTopics(List.of(new NewTopic(rig.topic, 1, (short) 1))).all().get();
            }
            assertThat(rig.topicId()).isNotEqualTo(oldId);
            for (int i = 0; i < 3; i++) {
                rig.send("d", Rig.insert("d", List.of("http://new.example/" + i)));
            }
            rig.awaitCommitted(0, 3);
            assertThat(rig.urls(0, "d"))
                    .containsExactly(
                            "http://new.example/0", "http://new.example/1", "http://new.example/2");
            Rig.await("no condition", () -> ingest.conditions().all().isEmpty());
        }
    }

    @Test
    void stopsLoudlyWhereTheBrokerLostWhatIsCommitted() throws Exception {
        try (Rig rig = new Rig(1)) {
            rig.send("d", Rig.insert("d", List.of("http://a.example/")));
            new CommitLog(rig.store).append(empty(rig.partition(0), 0, 7));
            Ingest ingest = rig.start(rig.settings(), rig.store);
            Rig.await(
                    "condition",
                    () ->
                            ingest.conditions().all().values().stream()
                                    .anyMatch(c -> c.contains("the broker's log ends at 1")));

            try (Admin admin = rig.admin()) {
                admin.deleteTopics(List.of(rig.topic)).all().get();
                Rig.await("deletion", () -> !admin.listTopics().names().get().contains(rig.topic));
                admin.createTopics(List.of(new NewTopic(rig.topic, 1, (short) 1))).all().get();
            }
            rig.send("d", Rig.insert("d", List.of("http://new.example/")));
            rig.awaitCommitted(0, 1);
            assertThat(rig.urls(0, "d")).containsExactly("http://new.example/");
            Rig.await("no condition", () -> ingest.conditions().all().isEmpty());
        }
    }

    @Test
    void beginsBehindALogThatIsFollowedInParts() throws Exception {
        try (Rig rig = new Rig(1);
                ObjectStore lake = ObjectStores.memory()) {
            int records = 2_100;
            var log = new CommitLog(lake);
            LogPartition partition = rig.partition(0);
            for (int i = 0; i < records; i++) {
                rig.queue(0, "d", Rig.insert("d", List.of("http://old.example/")));
                log.append(empty(partition, i, i + 1));
            }
            rig.send("d", Rig.insert("d", List.of("http://new.example/")));
            // In each part of the walk a read fails: what was followed before it is not lost.
            rig.start(rig.settings(), failingAtEach(700, lake));
            Rig.await("the new record", () -> log.end(partition, records) == records + 1);
            assertThat(log.read(partition, records).orElseThrow().tallies())
                    .containsExactly(new DatasetTally(0, 1, 1, Map.of()));
        }
    }

    private static ObjectStore failingAtEach(int reads, ObjectStore lake) {
        var read = new AtomicInteger();
        return new StoreAround(lake) {
            @Override
            public byte[] get(String key) throws ObjectStoreException {
                if (key.startsWith("ingest/log/") && read.incrementAndGet() % reads == 0) {
                    throw new StoreUnavailableException(key, "as told", null);
                }
                return super.get(key);
            }
        };
    }

    @Test
    void aPartitionWhoseLogIsDamagedKeepsNoOtherFromBeginning() throws Exception {
        try (Rig rig = new Rig(3)) {
            String damaged = "ingest/log/%s/1/%020d.json".formatted(rig.partition(1).topicId(), 0);
            rig.store.put(damaged, ObjectBody.of("damaged".getBytes(StandardCharsets.UTF_8)));
            for (int partition = 0; partition < 3; partition++) {
                rig.send(partition, "d", Rig.insert("d", List.of("http://a.example/")));
            }
            Ingest ingest = rig.start(rig.settings(), rig.store);
            rig.awaitCommitted(0, 1);
            rig.awaitCommitted(2, 1);
            assertThat(ingest.conditions().all().get("begin of " + rig.topic + "-1"))
                    .contains(damaged);
            ingest.close();
            assertThat(ingest.conditions().all()).isEmpty();
        }
    }

    @Test
    void aRecordThatTakesForEverKeepsNoOtherPartitionFromItsFlush() throws Exception {
        try (Rig rig = new Rig(2);
                ObjectStore away =
                        ObjectStores.s3(
                                new S3Settings(
                                        URI.create("http://127.0.0.1:9"),
                                        "us-east-1",
                                        "away",
                                        "",
                                        "key",
                                        "secret",
                                        true))) {
            Ingest ingest =
                    rig.start(
                            rig.settings(new FlushLimits(8 << 20, Duration.ofSeconds(3), 32 << 20)),
                            rig.store,
                            "group-" + rig.topic,
                            List.of(new SourceRoot("s3://away/", away)));
            rig.send(1, "e", Rig.insert("e", List.of("http://e.example/")));
            Rig.await("the row in memory", () -> ingest.bufferedBytes() > 0);
            rig.send(
                    0,
                    "d",
                    "{\"dataset\": \"d\", \"objects\": [\"s3://away/x\"], \"format\": \"text\"}");
            Rig.await(
                    "wait for the source",
                    () -> ingest.conditions().all().containsKey("claim check sources"));
            rig.awaitCommitted(1, 1);
            assertThat(rig.committed(0)).isZero();
        }
    }

    private static LogEntry empty(LogPartition partition, long slot, long nextOffset) {
        return new LogEntry(
                partition,
                slot,
                nextOffset,
                Instant.EPOCH,
                "writer",
                List.of(),
                List.of(),
                0,
                null);
    }
}
