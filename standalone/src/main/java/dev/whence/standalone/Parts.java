package dev.whence.standalone;

import dev.whence.catalog.Dataset;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.embedded.EmbeddedKafka;
import dev.whence.embedded.EmbeddedS3;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The broker and the store, with the topics and the bucket that the services want. */
final class Parts implements AutoCloseable {
    static final String TOPIC = "whence.url-batches";
    static final String DEAD_LETTERS = TOPIC + ".dlq";
    static final String REGION = "us-east-1";

    private static final String BUCKET = "whence";
    private static final int PARTITIONS = 4;
    private static final String MAX_MESSAGE_BYTES = Integer.toString(8 << 20);

    private final EmbeddedKafka kafka;
    private final EmbeddedS3 s3;
    private final StoreKeys keys;

    private Parts(EmbeddedKafka kafka, EmbeddedS3 s3, StoreKeys keys) {
        this.kafka = kafka;
        this.s3 = s3;
        this.keys = keys;
    }

    static Parts start(Path data, int kafkaPort, int s3Port) throws IOException {
        StoreKeys keys = StoreKeys.of(data);
        EmbeddedS3 s3 =
                EmbeddedS3.start(data.resolve("s3"), s3Port, keys.accessKey(), keys.secretKey());
        try {
            s3.createBucket(BUCKET);
            EmbeddedKafka kafka = EmbeddedKafka.start(data.resolve("kafka"), kafkaPort);
            try {
                kafka.createTopic(
                        TOPIC, PARTITIONS, Map.of("max.message.bytes", MAX_MESSAGE_BYTES));
                kafka.createTopic(DEAD_LETTERS, 1, Map.of("max.message.bytes", MAX_MESSAGE_BYTES));
                return new Parts(kafka, s3, keys);
            } catch (IOException | RuntimeException e) {
                kafka.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            s3.close();
            throw e;
        }
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    Addresses addresses(String http) {
        return new Addresses(
                http,
                kafka.bootstrapServers(),
                s3.endpoint(),
                URI.create("s3://" + BUCKET),
                REGION,
                keys.accessKey(),
                keys.secretKey(),
                ProcessHandle.current().pid());
    }

    /** Whether no datasets but these were ever made in the store. */
    boolean holdsNothingBut(List<String> datasets) throws IOException {
        var settings =
                new S3Settings(
                        s3.endpoint(),
                        REGION,
                        BUCKET,
                        "",
                        keys.accessKey(),
                        keys.secretKey(),
                        true);
        try (ObjectStore store = ObjectStores.s3(settings)) {
            return new DatasetRegistry(store, Clock.systemUTC())
                    .all().stream().map(Dataset::name).allMatch(datasets::contains);
        }
    }

    @Override
    public void close() {
        kafka.close();
        s3.close();
    }
}
