package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how long each service takes from the start of its container until it is ready, and what it
 * holds of memory when it has nothing to do: the figures of docs/benchmarks.md. It asserts none.
 */
@EnabledIfSystemProperty(
        named = "whence.containers",
        matches = "true",
        disabledReason = "needs images: ./whence test --containers")
class ContainerFiguresTest {
    private static final int STARTS = 5;
    private static final Duration REST = Duration.ofSeconds(15);

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
                CommandLine cli =
                        parts.commandLine(running.get("query").server(), directory);
                for (var list : lists.files().entrySet()) {
                    assertThat(cli.load(list).exitCode()).isZero();
                }
                Thread.sleep(REST);
                for (var service : running.entrySet()) {
                    System.out.printf(
                            "%s at rest: %s%n",
                            service.getKey(), memory(service.getValue().pid()));
                }
            } finally {
                for (Running service : running.values()) {
                    service.close();
                }
            }
        }
    }

    /** Starts and ends it again and again; the last one stays. */
    private Running measured(String service, BrokerAndStore parts) throws Exception {
        var millis = new ArrayList<Long>();
        while (true) {
            Path own = Files.createDirectories(directory.resolve(service + "-" + millis.size()));
            Instant begin = Instant.now();
            Running running = Runner.chosen().start(service, parts.service(), own);
            running.server().awaitReady();
            millis.add(Duration.between(begin, Instant.now()).toMillis());
            if (millis.size() == STARTS) {
                System.out.printf("%s from start to ready, ms: %s%n", service, millis);
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
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, _) -> a, TreeMap::new));
    }
}
