package dev.whence.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPartition;
import dev.whence.embedded.EmbeddedKafka;
import dev.whence.embedded.EmbeddedS3;
import dev.whence.ingest.BatchLimits;
import dev.whence.ingest.FlushLimits;
import dev.whence.ingest.IngestSettings;
import dev.whence.ingest.SourceRoot;
import dev.whence.lake.RowCursor;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlRow;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.S3Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic and a lake of their own for one test, on a broker and an S3 server that all tests of the
 * process share.
 */
final class Rig implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String KEY = "test-key";
    private static final String SECRET = "test-secret";
    private static EmbeddedKafka kafka;
    private static EmbeddedS3 s3;
    private static Path directory;

    final String topic = "batches-" + UUID.randomUUID();
    final ObjectStore store;
    final ObjectStore raw;
    private final String name = UUID.randomUUID().toString();
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Ingest> running = new ArrayList<>();

    Rig(int partitions) throws IOException {
        startParts();
        kafka.createTopic(topic, partitions, Map.of());
        kafka.createTopic(topic + ".dlq", 1, Map.of());
        store = open("lake", name + "/");
        raw = open("raw", name + "/");
        producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.bootstrapServers(),
                                "max.request.size",
                                8 << 20),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    private static synchronized void startParts() throws IOException {
        if (kafka == null) {
            directory = Files.createTempDirectory("whence-ingest-test");
            s3 = EmbeddedS3.start(directory.resolve("s3"), 0, KEY, SECRET);
            s3.createBucket("lake");
            s3.createBucket("raw");
            kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> {
                                kafka.close();
                                s3.close();
                            }));
        }
    }

    private static ObjectStore open(String bucket, String prefix) {
        return ObjectStores.s3(
                new S3Settings(s3.endpoint(), "us-east-1", bucket, prefix, KEY, SECRET, true));
    }

    /** The prefix under which claim checks of this test may name objects: {@link #raw}. */
    String rawPrefix() {
        return "s3://raw/" + name + "/";
    }

    IngestSettings settings() {
        return settings(new FlushLimits(8 << 20, Duration.ofMillis(100), 32 << 20));
    }

    IngestSettings settings(FlushLimits limits) {
        return new IngestSettings(
                limits,
                BatchLimits.DEFAULT,
                Set.of("spread-one"),
                false,
                Duration.ofMinutes(5),
                directory.resolve(UUID.randomUUID().toString()),
                Duration.ZERO);
    }

    KafkaSettings kafkaSettings(String group) {
        return new KafkaSettings(kafka.bootstrapServers(), topic, group, Map.of());
    }

    /** Starts an ingest in a consumer group of its own. */
    Ingest start(IngestSettings settings, ObjectStore lake) throws IOException {
        return start(settings, lake, "group-" + UUID.randomUUID());
    }

    Ingest start(IngestSettings settings, ObjectStore lake, String group) throws IOException {
        return start(settings, lake, group, List.of(new SourceRoot(rawPrefix(), raw)));
    }

    Ingest start(IngestSettings settings, ObjectStore lake, String group, List<SourceRoot> sources)
            throws IOException {
        Ingest ingest =
                Ingest.start(
                        settings,
                        kafkaSettings(group),
                        lake,
                        sources,
                        Clock.systemUTC(),
                        ThreadLocalRandom.current());
        running.add(ingest);
        return ingest;
    }

    void send(String key, String batch) {
        send(0, key, batch);
    }

    void send(int partition, String key, String batch) {
        queue(partition, key, batch);
        producer.flush();
    }

    void send(byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, 0, key, value));
        producer.flush();
    }

    /** Sends without waiting for it, as many sends in a row do best. */
    void queue(int partition, String key, String batch) {
        producer.send(
                new ProducerRecord<>(
                        topic,
                        partition,
                        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                        batch == null ? null : batch.getBytes(StandardCharsets.UTF_8)));
    }

    /** An insert of the URLs. */
    static String insert(String dataset, Iterable<String> urls) {
        return "{\"dataset\":\"%s\",\"urls\":[\"%s\"]}"
                .formatted(dataset, String.join("\",\"", urls));
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /** The topic's id, once the broker knows the topic. */
    String topicId() {
        var id = new AtomicReference<String>();
        try (Admin admin = admin()) {
            await(
                    "topic " + topic,
                    () -> {
                        try {
                            id.set(
                                    admin.describeTopics(List.of(topic))
                                            .topicNameValues()
                                            .get(topic)
                                            .get()
                                            .topicId()
                                            .toString());
                            return true;
                        } catch (ExecutionException e) {
                            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                                return false;
                            }
                            throw e;
                        }
                    });
        }
        return id.get();
    }

    LogPartition partition(int number) {
        return new LogPartition(topicId(), number);
    }

    long committed(int partition) throws IOException {
        return new CommitLog(store).end(partition(partition), 0);
    }

    /** Waits until the log of the partition ends there. */
    void awaitCommitted(int partition, long offset) {
        await(
                "partition " + partition + " committed up to " + offset,
                () -> committed(partition) >= offset);
        try {
            assertThat(committed(partition)).isEqualTo(offset);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static void await(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                assertThat(System.nanoTime()).as("waiting for: " + what).isLessThan(end);
                Thread.sleep(20);
            }
        } catch (Exception e) {
            throw new AssertionError("waiting for: " + what, e);
        }
    }

    List<LogEntry> entries(int partition) throws IOException {
        var log = new CommitLog(store);
        LogPartition logPartition = partition(partition);
        var entries = new ArrayList<LogEntry>();
        for (var entry = log.read(logPartition, 0);
                entry.isPresent();
                entry = log.read(logPartition, entry.get().nextOffset())) {
            entries.add(entry.get());
        }
        return entries;
    }

    List<LandingFile> files(int partition) throws IOException {
        return entries(partition).stream().flatMap(entry -> entry.files().stream()).toList();
    }

    /** The rows of all files of a dataset that entries of the partition name, in their order. */
    List<UrlRow> rows(int partition, String dataset) throws IOException {
        int id = new DatasetRegistry(store, Clock.systemUTC()).find(dataset).orElseThrow().id();
        var rows = new ArrayList<UrlRow>();
        for (LandingFile file : files(partition)) {
            if (file.datasetId() == id) {
                try (RowCursor cursor = UrlFile.open(store, file.key()).allRows()) {
                    for (UrlRow row = cursor.next(); row != null; row = cursor.next()) {
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    List<String> urls(int partition, String dataset) throws IOException {
        return rows(partition, dataset).stream().map(UrlRow::url).toList();
    }

    /** The first dead letters, as many as there should be. */
    List<ConsumerRecord<byte[], byte[]>> deadLetters(int count) {
        var letters = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions = List.of(new TopicPartition(topic + ".dlq", 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await(
                    count + " dead letters",
                    () -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(letters::add);
                        return letters.size() >= count;
                    });
        }
        return letters;
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        running.forEach(Ingest::close);
        producer.close();
        store.close();
        raw.close();
    }
}
