package dev.whence.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for one benchmark, gone when it is closed. */
public record ScratchDirectory(Path path) implements AutoCloseable {

    public static ScratchDirectory create() throws IOException {
        return new ScratchDirectory(Files.createTempDirectory("whence-bench-"));
    }

    @Override
    public void close() throws IOException {
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(path)) {
            entries = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : entries) {
            Files.delete(entry);
        }
    }
}
