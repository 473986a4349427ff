package dev.whence.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much a directory may still grow: by what its file system has, and by what its volume may
 * hold, where the file system has more. A limit on an {@code emptyDir} is nothing that a file
 * system knows of; whoever exceeds it is put out of the node.
 *
 * @param directory absolute; what lies beside it and begins with its name is the service's, too
 * @param volumeBytes empty: the file system's
 */
public record DiskRoom(Path directory, OptionalLong volumeBytes) {

    /**
     * The room of a directory, which need not be there yet.
     *
     * @throws IllegalArgumentException if a setting is out of its bounds
     */
    public static DiskRoom of(Path directory, DiskSettings settings) {
        settings.check();
        return new DiskRoom(directory.toAbsolutePath(), settings.volumeBytes());
    }

    long totalBytes() {
        long total = directory.toFile().getTotalSpace();
        return volumeBytes.isEmpty() ? total : Math.min(total, volumeBytes.getAsLong());
    }

    long freeBytes() {
        return Math.min(directory.toFile().getUsableSpace(), allowedBytes());
    }

    /**
     * What may be written before the volume holds what it may; without end where that is not said.
     */
    public long allowedBytes() {
        return volumeBytes.isEmpty()
                ? Long.MAX_VALUE
                : Math.max(0, volumeBytes.getAsLong() - usedBytes());
    }

    private long usedBytes() {
        Path parent = directory.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return 0;
        }
        var files = new Sum();
        String name = directory.getFileName().toString();
        try (Stream<Path> beside = Files.list(parent)) {
            for (Path entry : beside.toList()) {
                if (entry.getFileName().toString().startsWith(name)) {
                    Files.walkFileTree(entry, files);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look how full " + parent + " is", e);
        }
        return files.bytes;
    }

    /** Of files that may go while they are counted. */
    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
