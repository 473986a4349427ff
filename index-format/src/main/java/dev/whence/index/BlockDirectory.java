package dev.whence.index;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The directory that a block is written to. */
final class BlockDirectory {

    private BlockDirectory() {}

    static void create(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    /** Makes the names of the files in it as durable as their bytes. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
