package dev.whence.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes that this process asked the system for: what a library reads that does not say. */
public final class ProcessReads {
    private static final Path COUNTERS = Path.of("/proc/self/io");
    private static final String READ = "rchar: ";

    private ProcessReads() {}

    /** Since the process began; 0 where there is no such counter (it is Linux's). */
    public static long bytes() throws IOException {
        if (!Files.isReadable(COUNTERS)) {
            return 0;
        }
        return Files.readAllLines(COUNTERS).stream()
                .filter(line -> line.startsWith(READ))
                .mapToLong(line -> Long.parseLong(line.substring(READ.length())))
                .findFirst()
                .orElse(0);
    }
}
