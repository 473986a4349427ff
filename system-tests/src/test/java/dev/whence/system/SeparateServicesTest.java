package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.house.MetricsPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The three services, each of its own, that know only a broker, a store and their environment: as
 * processes, or as the containers of {@code ./whence test --containers}.
 */
@Tag("slow")
class SeparateServicesTest {
    private static final String PRODUCER = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @TempDir Path directory;
    private BrokerAndStore parts;
    private OtlpCollector collector;
    private final Map<String, Running> services = new HashMap<>();

    @BeforeEach
    void startBrokerAndStore() throws IOException {
        parts = BrokerAndStore.start(directory);
        collector = OtlpCollector.start();
    }

    @AfterEach
    void end() throws Exception {
        for (Running service : services.values()) {
            service.close();
        }
        collector.close();
        parts.close();
    }

    @Test
    void answerAsOneAndEndCleanly() throws Exception {
        Lists lists = Lists.demo(2);
        Server ingest = start("ingest");
        Server indexer = start("indexer");
        Server server = start("query");
        load(server, lists);
        lists.assertCounts(server);
        lists.assertDomains(server, new Random(SEED), 50);
        lists.assertPages(server, new Random(SEED), 50);
        assertThat(server.get("/v1/datasets:export").statusCode()).isEqualTo(200);
        showWhatThePageOfMetricsTells(
                Map.of("ingest", ingest, "indexer", indexer, "query", server));
        sendTraced("traced", PRODUCER);
        awaitDataset(server, "traced");
        for (Running service : services.values()) {
            assertThat(service.terminate()).as("exit status, 143 being SIGTERM's").isEqualTo(143);
        }
        assertFollowed(PRODUCER, collector.spans());
    }

    /** From the producer's trace the way leads to the entry's, which ingest and indexer share. */
    private static void assertFollowed(String producer, List<OtlpCollector.Span> spans) {
        OtlpCollector.Span takenIn =
                spans.stream()
                        .filter(span -> span.traceId().equals(producer))
                        .findFirst()
                        .orElseThrow();
        assertThat(takenIn.service()).isEqualTo("whence-ingest");
        assertThat(takenIn.links()).hasSize(1);
        String entry = takenIn.links().getFirst();
        assertThat(spans)
                .filteredOn(span -> span.traceId().equals(entry))
                .extracting(span -> span.service() + " " + span.name())
                .containsExactlyInAnyOrder("whence-ingest commit", "whence-indexer index");
        assertThat(spans)
                .filteredOn(span -> span.traceId().equals(entry))
                .allSatisfy(span -> assertThat(span.links()).isNotEmpty())
                .anySatisfy(span -> assertThat(span.links()).contains(producer));
    }

    private void sendTraced(String dataset, String traceId) throws Exception {
        String batch =
                "{\"dataset\":\"%s\",\"urls\":[\"https://traced.example/\"]}".formatted(dataset);
        var record = new ProducerRecord<>("whence.url-batches", dataset, batch);
        record.headers()
                .add(
                        "traceparent",
                        "00-%s-00f067aa0ba902b7-01"
                                .formatted(traceId)
                                .getBytes(StandardCharsets.UTF_8));
        try (var producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", parts.kafka().bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(record).get();
        }
    }

    private static void awaitDataset(Server server, String name) throws Exception {
        Instant deadline = Instant.now().plusSeconds(60);
        while (!Lists.counts(server).containsKey(name)) {
            assertThat(Instant.now()).as("%s is served", name).isBefore(deadline);
            Thread.sleep(50);
        }
    }

    /**
     * Each service shows its own metrics and those of all services, and nothing else of ours; the
     * one that is asked questions also what of the framework the page speaks of.
     */
    private static void showWhatThePageOfMetricsTells(Map<String, Server> services)
            throws Exception {
        for (var service : services.entrySet()) {
            String own = "whence_" + service.getKey() + "_";
            Predicate<String> expected =
                    name ->
                            name.startsWith(own)
                                    || name.startsWith("whence_store_")
                                    || name.startsWith("whence_disk_");
            assertThat(MetricsPage.shown(service.getValue().get("/q/metrics").body()))
                    .as("what %s shows, and what docs/metrics.md tells", service.getKey())
                    .isEqualTo(MetricsPage.toldOf(expected));
        }
        String shown = services.get("query").get("/q/metrics").body();
        assertThat(MetricsPage.toldOf(name -> !name.matches("(whence|kube)_.*")).keySet())
                .allSatisfy(name -> assertThat(shown).contains("# TYPE " + name + " "));
    }

    @Test
    void goOnWhereAKilledOneStopped() throws Exception {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        Lists lists = Lists.demo(2);
        start("ingest");
        start("indexer");
        Server server = start("query");
        for (var list : lists.files().entrySet()) {
            CommandLine.Started load = cli(server).startLoad(list);
            String victim = random.nextBoolean() ? "ingest" : "indexer";
            Thread.sleep(random.nextInt(200, 2_500));
            killAndStart(victim);
            CommandLine.Result loaded = load.await();
            assertThat(loaded.exitCode()).as(loaded.all()).isZero();
        }
        server = killAndStart("query");
        lists.assertCounts(server);
        lists.assertPages(server, random, 50);
        CommandLine.Result check = cli(server).run("check", "--deep");
        assertThat(check.exitCode()).as(check.all()).isZero();
    }

    /** Starts a service with a directory of its own and waits until it is ready. */
    private Server start(String service) throws Exception {
        Path own = Files.createDirectories(directory.resolve(service));
        var settings = new HashMap<>(parts.service());
        settings.put("WHENCE_TRACES_ENDPOINT", collector.endpoint());
        Running running = Runner.chosen().start(service, settings, own);
        services.put(service, running);
        running.server().awaitReady();
        return running.server();
    }

    private Server killAndStart(String service) throws Exception {
        services.get(service).kill();
        services.remove(service).close();
        return start(service);
    }

    private CommandLine cli(Server server) {
        return parts.commandLine(server, directory);
    }

    private void load(Server server, Lists lists) throws Exception {
        for (var list : lists.files().entrySet()) {
            CommandLine.Result load = cli(server).load(list);
            assertThat(load.exitCode()).as(load.all()).isZero();
        }
    }
}
