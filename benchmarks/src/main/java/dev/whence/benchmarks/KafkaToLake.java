package dev.whence.benchmarks;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.LogPartition;
import dev.whence.embedded.EmbeddedKafka;
import dev.whence.embedded.EmbeddedS3;
import dev.whence.ingest.BatchLimits;
import dev.whence.ingest.FlushLimits;
import dev.whence.ingest.HeapShares;
import dev.whence.ingest.IngestSettings;
import dev.whence.ingest.kafka.Ingest;
import dev.whence.ingest.kafka.KafkaSettings;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.S3Settings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * From batches in a broker to sorted Parquet files in an S3 server that the commit log names;
 * broker and server run in this process and share its processors. Beside it, the same batches read
 * by a consumer that drops them, and DuckDB, which writes the same URLs from a file, sorted but not
 * made canonical, to one file on the disk.
 */
final class KafkaToLake {
    private static final long ROWS = 3_000_000;
    private static final int BATCH_BYTES = 512 << 10;
    private static final int PARTITIONS = 4;
    private static final String TOPIC = "batches";
    private static final String BUCKET = "lake";
    private static final String SECRET = "benchmark";

    private final EmbeddedKafka kafka;
    private final EmbeddedS3 s3;
    private final Path directory;
    private int round;

    private KafkaToLake(EmbeddedKafka kafka, EmbeddedS3 s3, Path directory) {
        this.kafka = kafka;
        this.s3 = s3;
        this.directory = directory;
    }

    static void run() throws Exception {
        run("in their own datasets", dataset -> dataset);
        run("in four datasets", dataset -> "dataset-" + (dataset.hashCode() & 3));
    }

    private static void run(String title, UnaryOperator<String> datasets) throws Exception {
        try (var scratch = ScratchDirectory.create();
                var kafka = EmbeddedKafka.start(scratch.path().resolve("kafka"), 0);
                var s3 = EmbeddedS3.start(scratch.path().resolve("s3"), 0, BUCKET, SECRET);
                var duckDb = new DuckDb()) {
            s3.createBucket(BUCKET);
            kafka.createTopic(TOPIC, PARTITIONS, Map.of());
            kafka.createTopic(TOPIC + ".dlq", 1, Map.of());
            Path json = scratch.path().resolve("batches.ndjson");
            var way = new KafkaToLake(kafka, s3, scratch.path());
            way.produce(json, datasets);
            duckDb.execute("SET threads = 2");
            new Contest("Kafka → committed Parquet, URLs " + title, ROWS, "URLs")
                    .add("whence, ingest", way::ingest)
                    .add("a consumer that drops them (a limit)", way::consume)
                    .add(
                            "DuckDB, JSON to sorted Parquet",
                            () -> {
                                duckDb.execute(
                                        """
                                        COPY (SELECT DISTINCT dataset, unnest(urls) AS url
                                              FROM read_json('%s', maximum_object_size = 4000000)
                                              ORDER BY dataset, url)
                                        TO '%s' (FORMAT parquet, COMPRESSION zstd)\
                                        """
                                                .formatted(
                                                        json,
                                                        scratch.path().resolve("duckdb.parquet")));
                                return 1;
                            })
                    .run(1, 5);
        }
    }

    private void produce(Path json, UnaryOperator<String> datasets) throws Exception {
        var mapper = new JsonMapper();
        try (var producer =
                        new KafkaProducer<>(
                                Map.of(
                                        "bootstrap.servers",
                                        kafka.bootstrapServers(),
                                        "compression.type",
                                        "zstd",
                                        "max.request.size",
                                        EmbeddedKafka.MAX_MESSAGE_BYTES),
                                new ByteArraySerializer(),
                                new ByteArraySerializer());
                BufferedWriter lines = Files.newBufferedWriter(json)) {
            var batch = new Batch(producer, lines, mapper);
            RealUrls.scale(ROWS, (dataset, url) -> batch.add(datasets.apply(dataset), url));
            batch.end();
        }
    }

    /** Ingests everything into a lake of its own, from the moment it has its partitions. */
    private long ingest() throws Exception {
        Path temporary = directory.resolve("ingest-" + round);
        var settings =
                new IngestSettings(
                        new FlushLimits(
                                FlushLimits.DEFAULT_FLUSH_BYTES,
                                FlushLimits.DEFAULT_FLUSH_AGE,
                                HeapShares.ofThisProcess().bufferBytes()),
                        BatchLimits.DEFAULT,
                        Set.of(),
                        false,
                        Duration.ofMinutes(5),
                        temporary,
                        Duration.ZERO);
        var kafkaSettings =
                new KafkaSettings(kafka.bootstrapServers(), TOPIC, "group-" + round, Map.of());
        try (ObjectStore store =
                        ObjectStores.s3(
                                new S3Settings(
                                        s3.endpoint(),
                                        "us-east-1",
                                        BUCKET,
                                        "round-" + round++ + "/",
                                        BUCKET,
                                        SECRET,
                                        true));
                Ingest ingest =
                        Ingest.start(
                                settings,
                                kafkaSettings,
                                store,
                                List.of(),
                                Clock.systemUTC(),
                                new Random())) {
            long end = ends().values().stream().mapToLong(Long::longValue).sum();
            var log = new CommitLog(store);
            // The log is asked last: what asks the store takes time from what is measured.
            while (ingest.counters().read() < ROWS || committed(log) < end) {
                if (!ingest.isAlive() || ingest.counters().deadLetters() > 0) {
                    throw new IllegalStateException("ingest has stopped, or refuses the batches");
                }
                Thread.sleep(10);
            }
            return ingest.counters().accepted();
        }
    }

    private static long committed(CommitLog log) throws IOException {
        long committed = 0;
        for (LogPartition partition : log.partitions()) {
            committed += log.end(partition, 0);
        }
        return committed;
    }

    private long consume() {
        long bytes = 0;
        Map<TopicPartition, Long> ends = ends();
        try (var consumer = consumer()) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            long left = ends.values().stream().mapToLong(Long::longValue).sum();
            while (left > 0) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    bytes += record.serializedValueSize();
                    left--;
                }
            }
        }
        return bytes;
    }

    private Map<TopicPartition, Long> ends() {
        try (var consumer = consumer()) {
            var partitions = new ArrayList<TopicPartition>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition(TOPIC, partition));
            }
            return consumer.endOffsets(partitions);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The message being filled: URLs of one dataset. */
    private static final class Batch {
        private final KafkaProducer<byte[], byte[]> producer;
        private final BufferedWriter lines;
        private final JsonMapper json;
        private final List<String> urls = new ArrayList<>();
        private String dataset = "";
        private int bytes;
        private final Map<String, Integer> datasets = new HashMap<>();
        private final List<Future<RecordMetadata>> acknowledged = new ArrayList<>();

        Batch(KafkaProducer<byte[], byte[]> producer, BufferedWriter lines, JsonMapper json) {
            this.producer = producer;
            this.lines = lines;
            this.json = json;
        }

        void add(String to, String url) {
            if (!to.equals(dataset) || bytes + url.length() > BATCH_BYTES) {
                send();
                dataset = to;
            }
            urls.add(url);
            bytes += url.length() + 3;
        }

        /** Datasets one after the other: four of them fill four partitions. */
        private int partition() {
            return datasets.computeIfAbsent(dataset, name -> datasets.size()) % PARTITIONS;
        }

        void send() {
            if (urls.isEmpty()) {
                return;
            }
            try {
                byte[] message = json.writeValueAsBytes(Map.of("dataset", dataset, "urls", urls));
                acknowledged.add(
                        producer.send(
                                new ProducerRecord<>(
                                        TOPIC,
                                        partition(),
                                        dataset.getBytes(StandardCharsets.UTF_8),
                                        message)));
                lines.write(new String(message, StandardCharsets.UTF_8));
                lines.newLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            urls.clear();
            bytes = 0;
        }

        void end() throws Exception {
            send();
            for (Future<RecordMetadata> record : acknowledged) {
                record.get();
            }
        }
    }
}
