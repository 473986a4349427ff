package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.system.Containers.RunningContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A container may have no more memory than it has: the kernel ends it, and another is started. */
@EnabledIfSystemProperty(
        named = "whence.containers",
        matches = "true",
        disabledReason = "needs images: ./whence test --containers")
class ContainerMemoryTest {
    /** SIGKILL, which nobody here sends. */
    private static final int ENDED_BY_THE_KERNEL = 128 + 9;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir Path directory;
    private final Containers containers = new Containers();
    private final List<RunningContainer> started = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (RunningContainer container : started) {
            container.close();
        }
    }

    @Test
    void nothingIsLostWhereTheKernelEndsAContainer() throws Exception {
        Lists lists = Lists.demo(4);
        try (BrokerAndStore parts = BrokerAndStore.start(directory)) {
            RunningContainer ingest = start("ingest", parts);
            RunningContainer indexer = start("indexer", parts);
            RunningContainer query = start("query", parts);
            CommandLine cli = parts.commandLine(query.server(), directory);
            var waiting = new ArrayList<>(lists.files().entrySet());
            for (var service :
                    List.of(
                            Map.entry("ingest", ingest),
                            Map.entry("indexer", indexer),
                            Map.entry("query", query))) {
                service.getValue().limitMemory();
                load(cli, waiting.removeFirst());
                press(service.getValue());
                assertThat(service.getValue().status())
                        .as("exit status of %s", service.getKey())
                        .isEqualTo(ENDED_BY_THE_KERNEL);
                start(service.getKey(), parts);
            }
            load(cli, waiting.removeFirst());
            lists.awaitCounts(started.getLast().server());
            CommandLine.Result check = cli.run("check", "--deep");
            assertThat(check.exitCode()).as(check.all()).isZero();
        }
    }

    private static void load(CommandLine cli, Map.Entry<String, Path> list) throws Exception {
        CommandLine.Result load = cli.run("load", list.getKey(), list.getValue().toString());
        assertThat(load.exitCode()).as(load.all()).isZero();
    }

    /** Lets it make answers until it has ended. */
    private static void press(RunningContainer container) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (container.runs()) {
            assertThat(Instant.now()).as("%s to end", container.name()).isBefore(deadline);
            try {
                for (String path : List.of("/q/metrics", "/openapi", "/q/health")) {
                    container.server().get(path);
                }
            } catch (IOException _) {
                // It has just ended.
            }
        }
    }

    private RunningContainer start(String service, BrokerAndStore parts) throws Exception {
        Path own = Files.createTempDirectory(directory, service);
        RunningContainer container = containers.start(service, parts.service(), own);
        started.add(container);
        container.server().awaitReady();
        return container;
    }
}
