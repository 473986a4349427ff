package dev.whence.ingest.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.CommitLog;
import dev.whence.catalog.LogPartition;
import dev.whence.embedded.EmbeddedKafka;
import dev.whence.embedded.EmbeddedS3;
import dev.whence.ingest.config.IngestConfig;
import dev.whence.ingest.config.IngestDiskConfig;
import dev.whence.ingest.config.IngestKafkaConfig;
import dev.whence.ingest.config.IngestStoreConfig;
import dev.whence.ingest.config.IngestTraceConfig;
import dev.whence.store.ObjectStore;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as its edge shows it: health and metrics, with a broker and a store of its own. */
@Tag("slow")
class ServiceTest {
    private static final String TOPIC = "batches";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path directory;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private EmbeddedKafka kafka;
    private EmbeddedS3 s3;
    private IngestStoreConfig store;
    private IngestLifecycle service;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        kafka.createTopic(TOPIC, 1, Map.of());
        kafka.createTopic(TOPIC + ".dlq", 1, Map.of());
        s3 = startS3(0);
        s3.createBucket("lake");
        var settings =
                Map.ofEntries(
                        Map.entry("whence.kafka.bootstrap-servers", kafka.bootstrapServers()),
                        Map.entry("whence.kafka.topic", TOPIC),
                        Map.entry("whence.kafka.client.\"request.timeout.ms\"", "1000"),
                        Map.entry("whence.kafka.client.\"default.api.timeout.ms\"", "2000"),
                        Map.entry("whence.ingest.flush-age", "PT0.05S"),
                        Map.entry(
                                "whence.ingest.temporary-directory",
                                directory.resolve("t").toString()),
                        Map.entry("whence.store.location", "s3://lake/"),
                        Map.entry("whence.store.endpoint", s3.endpoint().toString()),
                        Map.entry("whence.store.access-key", "key"),
                        Map.entry("whence.store.secret-key", "secret"));
        store = read(IngestStoreConfig.class, settings);
        service =
                new IngestLifecycle(
                        read(IngestConfig.class, settings),
                        read(IngestKafkaConfig.class, settings),
                        store,
                        read(IngestTraceConfig.class, settings),
                        new IngestMetrics(registry, read(IngestDiskConfig.class, Map.of())));
    }

    private EmbeddedS3 startS3(int port) throws Exception {
        return EmbeddedS3.start(directory.resolve("s3"), port, "key", "secret");
    }

    private static <T> T read(Class<T> mapping, Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build()
                .getConfigMapping(mapping);
    }

    @AfterEach
    void stop() {
        service.stop(new ShutdownEvent());
        kafka.close();
        s3.close();
    }

    private HealthCheckResponse readiness() {
        return new IngestReadiness(service).call();
    }

    private Status liveness() {
        return new IngestLiveness(service).call().getStatus();
    }

    private void awaitReadiness(Status status, String... problems) {
        await(
                status + " with " + List.of(problems),
                () -> {
                    HealthCheckResponse answer = readiness();
                    return answer.getStatus() == status
                            && List.of(problems).stream()
                                    .allMatch(problem ->
                                            answer.getData()
                                                    .map(data -> data.containsKey(problem))
                                                    .orElse(false));
                });
    }

    private static void await(String what, Callable<Boolean> condition) {
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

    private void send(String... batches) {
        try (var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (String batch : batches) {
                producer.send(
                        new ProducerRecord<>(
                                TOPIC,
                                "d".getBytes(StandardCharsets.UTF_8),
                                batch.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static String batch(String... urls) {
        return "{\"dataset\": \"d\", \"urls\": [\"%s\"]}".formatted(String.join("\", \"", urls));
    }

    private void awaitCommitted(long offset) {
        try (ObjectStore lake = store.open();
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            var log = new CommitLog(lake);
            await(
                    "commit up to " + offset,
                    () -> {
                        String id =
                                admin.describeTopics(List.of(TOPIC))
                                        .topicNameValues()
                                        .get(TOPIC)
                                        .get()
                                        .topicId()
                                        .toString();
                        return log.end(new LogPartition(id, 0), 0) == offset;
                    });
        }
    }

    private double metric(String name) {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().equals(name))
                .mapToDouble(meter -> meter.measure().iterator().next().getValue())
                .sum();
    }

    @Test
    void metricsExistAndMove() throws Exception {
        assertThat(liveness()).isEqualTo(Status.UP);
        assertThat(readiness().getStatus()).isEqualTo(Status.DOWN);
        service.start(new StartupEvent());
        awaitReadiness(Status.UP);
        assertThat(registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName))
                .contains(
                        "whence.ingest.urls.read",
                        "whence.ingest.urls.accepted",
                        "whence.ingest.urls.rejected",
                        "whence.ingest.batches",
                        "whence.ingest.dead.letters",
                        "whence.ingest.flush",
                        "whence.ingest.flush.files",
                        "whence.ingest.flush.rows",
                        "whence.ingest.flush.bytes",
                        "whence.ingest.spills",
                        "whence.ingest.lost.slots",
                        "whence.ingest.buffered.bytes",
                        "whence.ingest.paused",
                        "whence.ingest.conditions")
                .allMatch(name -> name.matches("whence\\.(ingest|store|disk)\\..*"));
        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotBlank());

        send(
                batch("http://a.example/", "http://a.example/", "mailto:x", "http://b.example/"),
                "damaged");
        awaitCommitted(2);
        await("lag of nothing", () -> metric("whence.ingest.lag") == 0);
        assertThat(
                        registry.getMeters().stream()
                                .filter(meter ->
                                        meter.getId().getName().startsWith("whence.ingest."))
                                .filter(meter -> meter.measure().iterator().next().getValue() > 0)
                                .collect(
                                        Collectors.toMap(
                                                meter -> meter.getId().getName(),
                                                meter ->
                                                        meter.measure()
                                                                .iterator()
                                                                .next()
                                                                .getValue())))
                .containsEntry("whence.ingest.urls.read", 4.0)
                .containsEntry("whence.ingest.urls.accepted", 3.0)
                .containsEntry("whence.ingest.urls.rejected", 1.0)
                .containsEntry("whence.ingest.batches", 1.0)
                .containsEntry("whence.ingest.dead.letters", 1.0)
                .containsEntry("whence.ingest.flush.files", 1.0)
                .containsEntry("whence.ingest.flush.rows", 2.0)
                .containsKeys("whence.ingest.flush", "whence.ingest.flush.bytes")
                .doesNotContainKeys(
                        "whence.ingest.buffered.bytes",
                        "whence.ingest.paused",
                        "whence.ingest.conditions",
                        "whence.ingest.lost.slots",
                        "whence.ingest.spills");
        assertThat(
                        registry.get("whence.ingest.urls.rejected")
                                .tag("reason", "unsupported-scheme")
                                .functionCounter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void isNotReadyWhileTheStoreOrTheBrokerIsAwayAndGoesOnBehindIt() throws Exception {
        service.start(new StartupEvent());
        send(batch("http://a.example/"));
        awaitCommitted(1);
        awaitReadiness(Status.UP);

        URI endpoint = s3.endpoint();
        s3.close();
        send(batch("http://b.example/"));
        awaitReadiness(Status.DOWN, "landing files");
        assertThat(metric("whence.ingest.conditions")).isPositive();
        s3 = startS3(endpoint.getPort());
        awaitCommitted(2);
        awaitReadiness(Status.UP);

        int port = Integer.parseInt(kafka.bootstrapServers().replaceFirst(".*:", ""));
        kafka.close();
        awaitReadiness(Status.DOWN, "broker");
        assertThat(liveness()).isEqualTo(Status.UP);
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), port);
        send(batch("http://c.example/"));
        awaitCommitted(3);
        awaitReadiness(Status.UP);

        service.stop(new ShutdownEvent());
        assertThat(liveness()).isEqualTo(Status.DOWN);
        assertThat(readiness().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void commitsAtItsEndWhatIsBuffered() throws Exception {
        var patient =
                new IngestLifecycle(
                        read(
                                IngestConfig.class,
                                Map.of(
                                        "whence.ingest.flush-age",
                                        "PT1H",
                                        "whence.ingest.temporary-directory",
                                        directory.resolve("p").toString())),
                        read(
                                IngestKafkaConfig.class,
                                Map.of(
                                        "whence.kafka.bootstrap-servers",
                                        kafka.bootstrapServers(),
                                        "whence.kafka.topic",
                                        TOPIC)),
                        store,
                        read(IngestTraceConfig.class, Map.of()),
                        new IngestMetrics(registry, read(IngestDiskConfig.class, Map.of())));
        patient.start(new StartupEvent());
        send(batch("http://a.example/"));
        await("the row in memory", () -> metric("whence.ingest.buffered.bytes") > 0);
        patient.stop(new ShutdownEvent());
        awaitCommitted(1);
    }
}
