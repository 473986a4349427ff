package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each service is replaced while batches come in and questions are asked: a new one is started, and
 * when it is ready the old one gets SIGTERM, as in a rolling update.
 */
@EnabledIfSystemProperty(
        named = "whence.containers",
        matches = "true",
        disabledReason = "needs images: ./whence test --containers")
class RollingRestartTest {
    private static final int SEND_ATTEMPTS = 5;

    @TempDir Path directory;
    private final List<Running> started = new ArrayList<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicBoolean allReplaced = new AtomicBoolean();
    private int directories;

    @AfterEach
    void end() throws Exception {
        for (Running service : started) {
            service.close();
        }
    }

    @Test
    void noQuestionFailsAndNoBatchIsLost() throws Exception {
        Lists lists = Lists.demo(8);
        try (BrokerAndStore parts = BrokerAndStore.start(directory);
                var background = Executors.newSingleThreadExecutor()) {
            Running ingest = start("ingest", parts);
            Running indexer = start("indexer", parts);
            Running first = start("query", parts);
            Running second = start("query", parts);
            var cli = parts.commandLine(first.server(), directory);
            var entries = List.copyOf(lists.files().entrySet());
            assertThat(cli.load(entries.getFirst()).exitCode()).isZero();
            second.server().awaitDatasets(1);
            try (var questions =
                    new Questions(
                            List.of(first.server(), second.server()),
                            List.of("/v1/datasets", "/v1/datasets/0/domains?limit=10"))) {
                var loads = CompletableFuture.runAsync(() -> sendOnAndOn(cli, entries), background);
                underLoad("ingest", loads, () -> replace("ingest", ingest, parts));
                underLoad("indexer", loads, () -> replace("indexer", indexer, parts));
                for (Running old : List.of(first, second)) {
                    underLoad(
                            "query",
                            loads,
                            () -> {
                                Running replica = start("query", parts);
                                questions.add(replica.server());
                                end(old);
                                questions.remove(old.server());
                            });
                }
                System.out.printf(
                        "%d answers and %d loads while all were replaced, %d ms between probes at most%n",
                        questions.answers(), sent.get(), questions.slowestProbeMillis());
                allReplaced.set(true);
                loads.get();
                assertThat(questions.failures())
                        .as("%d ms between probes at most", questions.slowestProbeMillis())
                        .isEmpty();
                assertThat(questions.answers()).isPositive();
            }
            Server server = started.getLast().server();
            lists.awaitCounts(server);
            CommandLine.Result check = parts.commandLine(server, directory).run("check", "--deep");
            assertThat(check.exitCode()).as(check.all()).isZero();
        }
    }

    /** Some change, with a load that began before it and one that was taken after it began. */
    private void underLoad(String service, CompletableFuture<Void> loads, Executable change)
            throws Exception {
        assertThat(loads).as("loads as the change of %s begins", service).isNotDone();
        int before = sent.get();
        try {
            change.execute();
        } catch (Throwable e) {
            throw new AssertionError(service + " could not be replaced", e);
        }
        while (sent.get() == before) {
            assertThat(loads).as("loads while %s was replaced", service).isNotDone();
            Thread.sleep(100);
        }
    }

    /** List after list until all is replaced, and every list once at least. */
    private void sendOnAndOn(CommandLine cli, List<Map.Entry<String, Path>> lists) {
        for (int round = 0; round == 0 || !allReplaced.get(); round++) {
            for (Map.Entry<String, Path> list : lists) {
                send(cli, list);
                sent.incrementAndGet();
            }
        }
    }

    private void replace(String service, Running old, BrokerAndStore parts) throws Exception {
        start(service, parts);
        end(old);
    }

    private static void end(Running old) throws Exception {
        assertThat(old.terminate()).as("exit status, 143 being SIGTERM's").isEqualTo(143);
    }

    private Running start(String service, BrokerAndStore parts) throws Exception {
        var environment = new HashMap<>(parts.service());
        environment.put("QUARKUS_SHUTDOWN_DELAY", "5S");
        Path own = Files.createDirectories(directory.resolve(service + "-" + directories++));
        Running running = Runner.chosen().start(service, environment, own);
        started.add(running);
        running.server().awaitReady();
        return running;
    }

    /**
     * As a producer does that got no answer: it sends again, which changes nothing where the first
     * was taken.
     */
    private static void send(CommandLine cli, Map.Entry<String, Path> list) {
        try {
            CommandLine.Result load = null;
            for (int attempt = 0; attempt < SEND_ATTEMPTS; attempt++) {
                load = cli.run("load", list.getKey(), list.getValue().toString());
                if (load.exitCode() == 0) {
                    return;
                }
            }
            throw new AssertionError(list.getKey() + " was not taken: " + load);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
