package dev.whence.benchmarks.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories. */
final class Directories {
    private Directories() {}

    /** The files of one directory into another, which is made. */
    static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to);
            for (Path file : list(from, 1)) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of all files below. */
    static long bytes(Path directory) throws IOException {
        long bytes = 0;
        for (Path file : list(directory, Integer.MAX_VALUE)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    static void delete(Path directory) throws IOException {
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(directory)) {
            entries = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : entries) {
            Files.delete(entry);
        }
    }

    private static List<Path> list(Path directory, int depth) throws IOException {
        try (Stream<Path> walk = Files.walk(directory, depth)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
