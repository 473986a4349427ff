package dev.whence.ingest.kafka;

import dev.whence.ingest.HeapShares;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where the batches are.
 *
 * @param group of consumers that share the topic's partitions
 * @param client properties for every Kafka client, such as those of TLS and SASL, or other
 *     timeouts; what ingest's promises stand on cannot be set
 */
public record KafkaSettings(
        String bootstrapServers, String topic, String group, Map<String, String> client) {
    public static final String DEFAULT_TOPIC = "whence.url-batches";
    public static final String DEFAULT_GROUP = "whence-ingest";

    private static final int TIMEOUT_MILLIS = 10_000;

    /** How long the partitions of one that was killed wait for another. */
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    /** What Kafka takes as the name of a topic, with room for that of the dead letters. */
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,244}");

    public KafkaSettings {
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException(
                    "whence.kafka.topic is up to 245 letters, digits, '.', '_' and '-', not "
                            + topic);
        }
        client = Map.copyOf(client);
    }

    /** Without the client's properties: passwords are among them. */
    @Override
    public String toString() {
        return "topic %s at %s, group %s".formatted(topic, bootstrapServers, group);
    }

    public String deadLetterTopic() {
        return topic + ".dlq";
    }

    Map<String, Object> admin() {
        var settings = new HashMap<String, Object>();
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.putAll(client);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return settings;
    }

    Map<String, Object> consumer(HeapShares heap, int messageBytes) {
        var settings = new HashMap<String, Object>();
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, heap.fetchBytes());
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, heap.fetchBytes() / 4);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, heap.pollRecords(messageBytes));
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.putAll(client);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // An offset that the broker does not have is a loss, never a place to go on from.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }

    Map<String, Object> producer(int messageBytes) {
        var settings = new HashMap<String, Object>();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.putAll(client);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * messageBytes);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * messageBytes);
        return settings;
    }
}
