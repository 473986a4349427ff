package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.system.Metrics;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** What a service shows of itself: what it counts, and what it and those before it printed. */
final class Signs {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 100;

    private final Service service;
    private final Path directory;

    /**
     * @param directory where all its processes print
     */
    Signs(Service service, Path directory) {
        this.service = service;
        this.directory = directory;
    }

    /** The sum of a metric over all its tags; 0 while there is none. */
    double counted(String metric) throws Exception {
        return Metrics.of(service.server()).sum(metric);
    }

    /** How many lines hold a text. */
    long printed(String text) throws IOException {
        long printed = 0;
        try (DirectoryStream<Path> outputs = Files.newDirectoryStream(directory, "process-*.out")) {
            for (Path output : outputs) {
                try (Stream<String> lines = Files.lines(output)) {
                    printed += lines.filter(line -> line.contains(text)).count();
                }
            }
        }
        return printed;
    }

    /** Returns when it is ready and has done something since it was asked. */
    void awaitWork() throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        double begun = Double.NaN;
        while (true) {
            if (service.isReady()) {
                double done = counted(work());
                if (done > begun) {
                    return;
                }
                begun = Double.isNaN(begun) ? done : begun;
            }
            assertThat(Instant.now()).as("%s works", service).isBefore(deadline);
            Thread.sleep(POLL_MILLIS);
        }
    }

    private String work() {
        return switch (service.name()) {
            case "ingest" -> "whence_ingest_flush_files_total";
            case "indexer" -> "whence_indexer_publishes_total\\{outcome=\"published\"}";
            case "query" -> "whence_query_swaps_total";
            default -> throw new IllegalStateException(service.name() + " is no service");
        };
    }
}
