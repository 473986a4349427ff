package dev.whence.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetTally;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPartition;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SmallHeapTest {
    private static final int BATCHES = 8;
    private static final int BATCH_BYTES = 12 << 20;
    private static final String LONG_PATH = "/a-path-that-many-urls-share".repeat(10);

    @TempDir Path directory;

    /** What the consumer fetches at once is a few megabytes, and as much as the heap unpacked. */
    @Test
    void takesBatchesThatUnpackToMoreThanTheHeap() throws Exception {
        try (Rig rig = new Rig(1);
                ObjectStore lake = ObjectStores.directory(directory.resolve("lake"))) {
            long urls = 0;
            try (var producer = packing(rig)) {
                for (int number = 0; number < BATCHES; number++) {
                    var batch = new StringBuilder("{\"dataset\":\"d\",\"urls\":[");
                    while (batch.length() < BATCH_BYTES) {
                        batch.append(
                                "\"http://h%d.example%s/%d\","
                                        .formatted(number, LONG_PATH, urls++));
                    }
                    batch.setCharAt(batch.length() - 1, ']');
                    byte[] value = batch.append('}').toString().getBytes(StandardCharsets.UTF_8);
                    producer.send(new ProducerRecord<>(rig.topic, 0, new byte[] {'d'}, value))
                            .get();
                }
            }
            LogPartition partition = rig.partition(0);
            Path output = directory.resolve("output");
            Process ingest = start(rig, output);
            try {
                Rig.await(
                        "all batches, or the end of the process",
                        () -> !ingest.isAlive() || end(lake, partition) == BATCHES);
                ingest.getOutputStream().close();
                assertThat(ingest.waitFor()).as(Files.readString(output)).isZero();
            } finally {
                ingest.destroyForcibly();
            }
            assertThat(end(lake, partition)).isEqualTo(BATCHES);
            assertThat(accepted(lake, partition)).isEqualTo(urls);
        }
    }

    private static KafkaProducer<byte[], byte[]> packing(Rig rig) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        rig.kafkaSettings("none").bootstrapServers(),
                        "compression.type",
                        "zstd",
                        "max.request.size",
                        2 * BATCH_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private Process start(Rig rig, Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapIngest.class.getName(),
                        rig.kafkaSettings("none").bootstrapServers(),
                        rig.topic,
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static long end(ObjectStore lake, LogPartition partition) throws IOException {
        return new CommitLog(lake).end(partition, 0);
    }

    private static long accepted(ObjectStore lake, LogPartition partition) throws IOException {
        var log = new CommitLog(lake);
        long accepted = 0;
        for (long slot = 0; slot < BATCHES; ) {
            LogEntry entry = log.read(partition, slot).orElseThrow();
            accepted += entry.tallies().stream().mapToLong(DatasetTally::accepted).sum();
            slot = entry.nextOffset();
        }
        return accepted;
    }
}
