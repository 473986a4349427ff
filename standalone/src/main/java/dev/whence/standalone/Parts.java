package dev.whence.standalone;

import dev.whence.catalog.Dataset;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.embedded.EmbeddedKafka;
import dev.whence.embedded.EmbeddedS3;
import dev.whence.ingest.kafka.KafkaSettings;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The broker and the store, with the topics and the bucket that the services want. */
final class Parts implements AutoCloseable {
    static final String TOPIC = KafkaSettings.DEFAULT_TOPIC;
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
                forgetConsumers(kafka.bootstrapServers());
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

    /**
     * Nobody consumes yet. Whoever was killed still has its partitions for the broker, and the next
     * one would have to wait until its session has timed out.
     */
    private static void forgetConsumers(String bootstrapServers) throws IOException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            String group = KafkaSettings.DEFAULT_GROUP;
            var described = admin.describeConsumerGroups(List.of(group)).all().get().values();
            if (described.stream().anyMatch(left -> !left.members().isEmpty())) {
                var all = new RemoveMembersFromConsumerGroupOptions();
                admin.removeMembersFromConsumerGroup(group, all).all().get();
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw new IOException(
                        "the consumer group " + KafkaSettings.DEFAULT_GROUP + " cannot be emptied",
                        e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted at the start", e);
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
