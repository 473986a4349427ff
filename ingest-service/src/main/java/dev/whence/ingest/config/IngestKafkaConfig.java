package dev.whence.ingest.config;

import dev.whence.ingest.kafka.KafkaSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** The settings {@code whence.kafka.*} with their defaults. */
@ConfigMapping(prefix = "whence.kafka")
public interface IngestKafkaConfig {

    /** Brokers to begin with, as {@code host:port,…}. */
    @WithDefault("localhost:9092")
    String bootstrapServers();

    /** The topic of batches; dead letters go to the topic of that name and {@code .dlq}. */
    @WithDefault(KafkaSettings.DEFAULT_TOPIC)
    String topic();

    /**
     * The consumer group; its members share the partitions. Two groups on one lake would race for
     * each slot of the log, and lose nothing but work.
     */
    @WithDefault(KafkaSettings.DEFAULT_GROUP)
    String group();

    /**
     * Any property of Kafka's clients, such as those of TLS and SASL. What the promises stand on
     * (where to begin, commits, acknowledgements) cannot be set.
     */
    Map<String, String> client();
}
