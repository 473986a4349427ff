package dev.whence.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a query service's process holds, as the kernel says.
 *
 * @param mappings of blocks of the index
 */
record Held(long files, long mappings, long residentMebibytes) {

    static Held by(Process process) throws IOException {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        long resident =
                Files.readAllLines(proc.resolve("status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                        .sum();
        try (Stream<Path> files = Files.list(proc.resolve("fd"));
                Stream<String> maps = Files.lines(proc.resolve("maps"))) {
            return new Held(
                    files.count(), maps.filter(map -> map.contains("/query/")).count(), resident);
        }
    }
}
