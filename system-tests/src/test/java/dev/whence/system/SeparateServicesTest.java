package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
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
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @TempDir Path directory;
    private BrokerAndStore parts;
    private final Map<String, Running> services = new HashMap<>();

    @BeforeEach
    void startBrokerAndStore() throws IOException {
        parts = BrokerAndStore.start(directory);
    }

    @AfterEach
    void end() throws Exception {
        for (Running service : services.values()) {
            service.close();
        }
        parts.close();
    }

    @Test
    void answerAsOneAndEndCleanly() throws Exception {
        Lists lists = Lists.demo(3);
        start("ingest");
        start("indexer");
        Server server = start("query");
        load(server, lists);
        lists.assertCounts(server);
        lists.assertDomains(server, new Random(SEED), 50);
        lists.assertPages(server, new Random(SEED), 50);
        for (Running service : services.values()) {
            assertThat(service.terminate()).as("exit status, 143 being SIGTERM's").isEqualTo(143);
        }
    }

    @Test
    void goOnWhereAKilledOneStopped() throws Exception {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        Lists lists = Lists.demo(3);
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
        Running running = Runner.chosen().start(service, parts.service(), own);
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
