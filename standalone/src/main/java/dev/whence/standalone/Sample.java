package dev.whence.standalone;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Three small lists of made-up URLs, so that a newcomer has something to ask for. They go the way
 * that all data goes: as batches over Kafka.
 */
final class Sample {
    static final List<String> DATASETS = List.of("sample-crawl", "sample-docs", "sample-news");

    private Sample() {}

    static void send(String bootstrapServers) throws IOException, InterruptedException {
        var json = new JsonMapper();
        Map<String, Object> settings =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all");
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (String dataset : DATASETS) {
                byte[] batch =
                        json.writeValueAsBytes(
                                Map.of(
                                        "dataset",
                                        dataset,
                                        "strategy",
                                        "insert",
                                        "urls",
                                        urls(dataset)));
                producer.send(new ProducerRecord<>(Parts.TOPIC, dataset, batch)).get();
            }
        } catch (ExecutionException e) {
            throw new IOException(
                    "the sample could not be sent to Kafka at " + bootstrapServers, e.getCause());
        }
    }

    private static List<String> urls(String dataset) throws IOException {
        String name = "/sample/" + dataset + ".txt";
        try (InputStream in = Sample.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("this build lacks its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
