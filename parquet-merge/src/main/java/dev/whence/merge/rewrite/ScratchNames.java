package dev.whence.merge.rewrite;

import dev.whence.merge.DataFile;
import dev.whence.merge.Partition;
import dev.whence.merge.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Local names of files in the making; each file is gone once it is staged. Thread-safe. */
final class ScratchNames {
    private final Path directory;

    ScratchNames(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    Path directory() {
        return directory;
    }

    Path next() {
        return directory.resolve("merge-" + UUID.randomUUID() + ".parquet");
    }

    DataFile stage(Staging staging, Partition partition, Path file, long bytes) throws IOException {
        try {
            return staging.put(partition, file, bytes);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
