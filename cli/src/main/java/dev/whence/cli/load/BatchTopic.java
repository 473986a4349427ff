package dev.whence.cli.load;

import dev.whence.cli.place.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic that batches go to. Sends idempotently, acknowledged by all replicas, in order, and
 * holds at most {@link #BUFFER_BYTES} of messages: {@link #send} waits where Kafka is slower than
 * the files. Owned by one thread.
 */
public final class BatchTopic implements AutoCloseable {
    public static final String NAME = "whence.url-batches";

    private static final int BUFFER_BYTES = 16 << 20;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final String dataset;
    private final LogOffsets offsets;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

    private BatchTopic(String dataset, LogOffsets offsets, KafkaProducer<String, byte[]> producer) {
        this.dataset = dataset;
        this.offsets = offsets;
        this.producer = producer;
    }

    /**
     * Opens the topic for the batches of a dataset.
     *
     * @param whenSilent what to do if nothing answers there
     * @param timeout how long a batch may be on its way; a broker answers within that, or ten
     *     seconds
     */
    public static BatchTopic open(
            KafkaServers kafka, String whenSilent, String dataset, Duration timeout)
            throws Failure {
        Duration patience = timeout.compareTo(CONNECT_TIMEOUT) < 0 ? timeout : CONNECT_TIMEOUT;
        String topicId = topicId(kafka, whenSilent, patience);
        try {
            return new BatchTopic(
                    dataset,
                    new LogOffsets(topicId),
                    new KafkaProducer<>(
                            kafka.with(settings(timeout)),
                            new StringSerializer(),
                            new ByteArraySerializer()));
        } catch (KafkaException e) {
            throw Failure.of("cannot send to Kafka at " + kafka + ": " + e, e);
        }
    }

    /** Sends a batch, waiting while the buffer is full. */
    public void send(EncodedBatch batch) throws Failure {
        requireAccepted();
        try {
            var _ =
                    producer.send(
                            new ProducerRecord<>(NAME, dataset, batch.json()),
                            (written, failure) -> {
                                if (failure == null) {
                                    offsets.written(written.partition(), written.offset());
                                } else {
                                    refused.compareAndSet(null, failure);
                                }
                            });
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /** Waits until Kafka has acknowledged every batch; says where they are. */
    public LogOffsets flush() throws Failure {
        producer.flush();
        requireAccepted();
        return offsets;
    }

    @Override
    public void close() {
        producer.close(CONNECT_TIMEOUT);
    }

    private void requireAccepted() throws Failure {
        Exception failure = refused.get();
        if (failure != null) {
            throw failure(failure);
        }
    }

    private static Failure failure(Exception e) {
        return Failure.of(
                "Kafka did not take a batch ("
                        + e.getMessage()
                        + "). What it took before stays; the load can be sent again.",
                e);
    }

    private static String topicId(KafkaServers kafka, String whenSilent, Duration patience)
            throws Failure {
        Map<String, Object> settings =
                Map.of(
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) patience.toMillis(),
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) patience.toMillis());
        try (Admin admin = admin(kafka, settings, whenSilent)) {
            return admin.describeTopics(List.of(NAME))
                    .topicNameValues()
                    .values()
                    .iterator()
                    .next()
                    .get(patience.toSeconds() + 1, TimeUnit.SECONDS)
                    .topicId()
                    .toString();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw Failure.of(
                        "Kafka at "
                                + kafka
                                + " has no topic "
                                + NAME
                                + "; start `whence up`, or create it",
                        e);
            }
            throw unreachable(kafka, whenSilent, e);
        } catch (TimeoutException | KafkaException e) {
            throw unreachable(kafka, whenSilent, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of("interrupted", e);
        }
    }

    private static Admin admin(KafkaServers kafka, Map<String, Object> settings, String whenSilent)
            throws Failure {
        try {
            return Admin.create(kafka.with(settings));
        } catch (KafkaException e) {
            if (kafka.properties().isEmpty()) {
                throw unreachable(kafka, whenSilent, e);
            }
            Throwable reason = e;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            throw Failure.of(
                    "Kafka's clients cannot work as WHENCE_KAFKA_CLIENT__… says: " + reason, e);
        }
    }

    private static Failure unreachable(KafkaServers kafka, String whenSilent, Exception e) {
        return Failure.of("no Kafka answers at " + kafka + ". " + whenSilent, e);
    }

    private static Map<String, Object> settings(Duration timeout) {
        int deliveryMillis = Math.clamp(timeout.toMillis(), 10_000, 600_000);
        return Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "whence-cli",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "zstd",
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                (long) BUFFER_BYTES,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                deliveryMillis / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                deliveryMillis,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                (long) deliveryMillis);
    }
}
