package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how long each service takes from the start of its container until it is ready, what it
 * holds of memory when it has nothing to do, and what it does under load: the figures of
 * docs/benchmarks.md. Each is also told by the processor's time, which says much where others use
 * the machine, too. It asserts none.
 */
@EnabledIfSystemProperty(
        named = "whence.containers",
        matches = "true",
        disabledReason = "needs images: ./whence test --containers")
class ContainerFiguresTest {
    private static final int STARTS = 5;
    private static final Duration REST = Duration.ofSeconds(15);
    private static final int DATASETS = 4;
    private static final int ASKED_DOMAINS = 20_000;
    private static final int ROUNDS = 3;
    private static final long SEED = Long.getLong("seed", 1);

    @TempDir Path directory;

    @Test
    void eachServiceStartsAndRests() throws Exception {
        Lists lists = Lists.demo(3);
        try (BrokerAndStore parts = BrokerAndStore.start(directory)) {
            var running = new TreeMap<String, Running>();
            try {
                for (String service : List.of("ingest", "indexer", "query")) {
                    running.put(service, measured(service, parts));
                }
                CommandLine cli = parts.commandLine(running.get("query").server(), directory);
                for (var list : lists.files().entrySet()) {
                    assertThat(cli.load(list).exitCode()).isZero();
                }
                Thread.sleep(REST);
                for (var service : running.entrySet()) {
                    System.out.printf(
                            "%s at rest: %s%n", service.getKey(), memory(service.getValue().pid()));
                }
            } finally {
                for (Running service : running.values()) {
                    service.close();
                }
            }
        }
    }

    /** Batches lie in the broker before ingest is started; then one replica is asked by wrk. */
    @Test
    void oneReplicaOfEachUnderLoad() throws Exception {
        Lists lists = Lists.demo(32);
        try (BrokerAndStore parts = BrokerAndStore.start(directory)) {
            var load = new ArrayList<>(List.of("load", "all-lists"));
            lists.files().values().forEach(file -> load.add(file.toString()));
            CommandLine cli =
                    parts.commandLine(new Server(URI.create("http://127.0.0.1:9")), directory);
            for (int dataset = 0; dataset < DATASETS; dataset++) {
                load.set(1, "all-lists-" + dataset);
                CommandLine.Result sent = cli.run(load.toArray(String[]::new));
                assertThat(sent.exitCode()).as(sent.all()).isZero();
            }
            try (Running ingest = start("ingest", parts)) {
                ingest.server().awaitReady();
                printIngestRate(ingest);
            }
            try (Running indexer = start("indexer", parts);
                    Running query = start("query", parts)) {
                query.server().awaitReady();
                awaitPublished(query.server());
                Path script =
                        Load.lookups(directory, lists.someDomains(new Random(SEED), ASKED_DOMAINS));
                for (int round = 1; round <= ROUNDS; round++) {
                    printQueryRate(query, "/q/health/live", null);
                    printQueryRate(query, "/v1/domain/{domain}", script);
                }
                System.out.println("query after load: " + memory(query.pid()));
                System.out.println("indexer after the publish: " + memory(indexer.pid()));
            }
        }
    }

    /** Millions of rows by one CPU: it takes what it takes. */
    private static void awaitPublished(Server query) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(10));
        while (query.json("/v1/datasets").path("datasets").size() < DATASETS) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(500);
        }
    }

    private static void printQueryRate(Running query, String path, @Nullable Path script)
            throws Exception {
        double before = processorSeconds(query);
        long answers = Load.print(query.server(), path, script);
        System.out.printf(
                "  %.0f for each second of the processor%n",
                answers / (processorSeconds(query) - before));
    }

    private static void printIngestRate(Running ingest) throws Exception {
        Instant begin = Instant.now();
        double before = processorSeconds(ingest);
        Metrics metrics = Metrics.of(ingest.server());
        while (metrics.sum("whence_ingest_flush_rows_total") == 0
                || metrics.sum("whence_ingest_lag") > 0) {
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofMinutes(5));
            Thread.sleep(100);
            metrics = Metrics.of(ingest.server());
        }
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1e3;
        double accepted = metrics.sum("whence_ingest_urls_accepted_total");
        System.out.printf(
                "ingest from ready until all is committed: %.0f URLs in %.1f s, %.0f a second, %.0f for"
                        + " each second of the processor%n",
                accepted,
                seconds,
                accepted / seconds,
                accepted / (processorSeconds(ingest) - before));
    }

    private static double processorSeconds(Running service) throws Exception {
        return ProcessHandle.of(service.pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow()
                        .toMillis()
                / 1e3;
    }

    private Running start(String service, BrokerAndStore parts) throws Exception {
        Path own = Files.createDirectories(directory.resolve(service + "-loaded"));
        return Runner.chosen().start(service, parts.service(), own);
    }

    /** Starts and ends it again and again; the last one stays. */
    private Running measured(String service, BrokerAndStore parts) throws Exception {
        var millis = new ArrayList<Long>();
        var processorMillis = new ArrayList<Long>();
        while (true) {
            Path own = Files.createDirectories(directory.resolve(service + "-" + millis.size()));
            Instant begin = Instant.now();
            Running running = Runner.chosen().start(service, parts.service(), own);
            running.server().awaitReady();
            millis.add(Duration.between(begin, Instant.now()).toMillis());
            processorMillis.add(Math.round(processorSeconds(running) * 1e3));
            if (millis.size() == STARTS) {
                System.out.printf(
                        "%s from start to ready, ms: %s, of the processor: %s%n",
                        service, millis, processorMillis);
                return running;
            }
            running.terminate();
            running.close();
        }
    }

    /** What the kernel says: of no file, of files that are mapped, at the most. */
    private static Map<String, String> memory(long pid) throws Exception {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.matches("(RssAnon|RssFile|VmHWM):.*"))
                .map(line -> line.split(":\\s+"))
                .collect(
                        Collectors.toMap(
                                parts -> parts[0], parts -> parts[1], (a, _) -> a, TreeMap::new));
    }
}
