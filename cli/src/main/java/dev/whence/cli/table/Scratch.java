package dev.whence.cli.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A local directory that is deleted with all that is left in it. */
public record Scratch(Path path) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        List<Path> left;
        try (Stream<Path> paths = Files.walk(path)) {
            left = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : left) {
            Files.deleteIfExists(each);
        }
    }
}
