package dev.whence.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;

/**
 * A local file that has a random name until it is whole and on disk, and its own from then on.
 * Closed before that, it is deleted; what a kill leaves behind has a name that nobody looks for.
 */
final class WholeFile implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WholeFile.class.getName());
    private static final String UNFINISHED = ".part";

    private final Path unfinished;

    private WholeFile(Path unfinished) {
        this.unfinished = unfinished;
    }

    /** A file that will be in the folder, or in another one of the same filesystem. */
    static WholeFile in(Path folder) {
        return new WholeFile(folder.resolve(UUID.randomUUID() + UNFINISHED));
    }

    /** A file that will have this name. */
    static WholeFile beside(Path name) {
        return new WholeFile(name.toAbsolutePath().resolveSibling(UUID.randomUUID() + UNFINISHED));
    }

    /**
     * Deletes what kills left in the folder, if nobody has written to it since. Failing to is no
     * reason not to use the folder.
     */
    static void deleteAbandoned(Path folder, Instant since) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path file : files) {
                try {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                        Files.deleteIfExists(file);
                    }
                } catch (NoSuchFileException _) {
                    // It has its name by now.
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(Level.WARNING, "Abandoned files are left in " + folder, e);
        }
    }

    /** Where its bytes lie until it has its name. */
    Path unfinished() {
        return unfinished;
    }

    /** Writes the body, and forces it to disk. */
    void write(ObjectBody body) throws IOException {
        try (InputStream content = stream(body)) {
            write(content);
        }
    }

    /** Writes what is left of the stream, and forces it to disk. */
    void write(InputStream content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
    }

    private static InputStream stream(ObjectBody body) throws IOException {
        return switch (body) {
            case ObjectBody.Bytes bytes -> new ByteArrayInputStream(bytes.content());
            case ObjectBody.LocalFile file -> Files.newInputStream(file.path());
        };
    }

    /** Forces to disk what somebody else wrote to {@link #unfinished()}. */
    void force() throws IOException {
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Takes the name, from whatever file has it. */
    void moveTo(Path name) throws IOException {
        Files.move(
                unfinished,
                name,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Takes the name if no file has it.
     *
     * @throws java.nio.file.FileAlreadyExistsException if one does
     */
    void linkTo(Path name) throws IOException {
        Files.createLink(name, unfinished);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException _) {
            // As harmless as what a kill leaves; the caller's own outcome must not be hidden by it.
        }
    }
}
