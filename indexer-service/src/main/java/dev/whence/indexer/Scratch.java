package dev.whence.indexer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A local directory for files that nobody needs after a restart. Thread-safe. */
record Scratch(Path root) {

    /** A fresh directory in it. */
    Path newDirectory() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(root), "");
    }

    /** Deletes what is in a directory, if there is one, and the directory itself. */
    static void delete(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            List<Path> deepestFirst;
            try (Stream<Path> all = Files.walk(directory)) {
                deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Deletes all of it. */
    void empty() throws IOException {
        delete(root);
    }
}
