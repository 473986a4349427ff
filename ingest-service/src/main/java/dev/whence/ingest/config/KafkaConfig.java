package dev.whence.ingest.config;

import dev.whence.ingest.kafka.KafkaSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** The settings {@code whence.kafka.*}. */
@ConfigMapping(prefix = "whence.kafka")
interface KafkaConfig {

    /** Brokers to begin with, {@code host:port,…}. */
    @WithDefault("localhost:9092")
    String bootstrapServers();

    /** The topic of batches; dead letters go to the topic of that name and {@code .dlq}. */
    @WithDefault(KafkaSettings.DEFAULT_TOPIC)
    String topic();

    /** The consumer group that shares the partitions. */
    @WithDefault(KafkaSettings.DEFAULT_GROUP)
    String group();

    /** Any property of Kafka's clients, for TLS and SASL. */
    Map<String, String> client();
}
