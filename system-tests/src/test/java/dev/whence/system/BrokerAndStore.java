package dev.whence.system;

import dev.whence.embedded.EmbeddedKafka;
import dev.whence.embedded.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What services of their own need: a broker with the topics, a store with a bucket. */
record BrokerAndStore(EmbeddedKafka kafka, EmbeddedS3 s3) implements AutoCloseable {
    private static final String BUCKET = "whence";
    private static final String SECRET = "not-a-secret";

    static BrokerAndStore start(Path directory) throws IOException {
        EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        kafka.createTopic("whence.url-batches", 4, Map.of());
        kafka.createTopic("whence.url-batches.dlq", 1, Map.of());
        EmbeddedS3 s3 = EmbeddedS3.start(directory.resolve("s3"), 0, BUCKET, SECRET);
        s3.createBucket(BUCKET);
        return new BrokerAndStore(kafka, s3);
    }

    /** The settings of a service. */
    Map<String, String> service() {
        var settings = new HashMap<>(store());
        settings.put("WHENCE_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        return settings;
    }

    /** The command line, asking this server. */
    CommandLine commandLine(Server server, Path scratch) {
        var settings = new HashMap<>(store());
        settings.put("WHENCE_SERVER", server.address().toString());
        settings.put("WHENCE_KAFKA", kafka.bootstrapServers());
        return new CommandLine(settings, scratch);
    }

    private Map<String, String> store() {
        return Map.of(
                "WHENCE_STORE_LOCATION",
                "s3://" + BUCKET,
                "WHENCE_STORE_ENDPOINT",
                s3.endpoint().toString(),
                "WHENCE_STORE_REGION",
                "us-east-1",
                "WHENCE_STORE_ACCESS_KEY",
                BUCKET,
                "WHENCE_STORE_SECRET_KEY",
                SECRET);
    }

    @Override
    public void close() {
        s3.close();
        kafka.close();
    }
}
