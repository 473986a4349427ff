package dev.whence.cli.export;

import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being made: {@code FILE.part} with the rows so far, locked, and {@code
 * FILE.part.json} with how far it is good, which is written after those rows are on disk. Not
 * thread-safe.
 */
final class Part implements AutoCloseable {
    private final Path target;
    private final Note note;
    private final Path file;
    private final FileChannel channel;
    private OutputStream out;

    /**
     * How far a file is.
     *
     * @param identity of the question
     * @param bytes of it that are good
     * @param rows that they hold
     * @param columns that a row has; 0 where nobody counts them
     * @param cursor of what is left; null at the beginning
     */
    record Progress(String identity, long bytes, long rows, int columns, @Nullable String cursor) {
        static Progress none(String identity) {
            return new Progress(identity, 0, 0, 0, null);
        }
    }

    private Part(Path target, Path file, FileChannel channel) {
        this.target = target;
        this.file = file;
        this.note = Note.beside(target);
        this.channel = channel;
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    static Part open(Path target) throws Failure, IOException {
        Path file = target.resolveSibling(target.getFileName() + ".part");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            // Who had it before may have given it its name meanwhile.
            if (channel.tryLock() != null && Files.exists(file)) {
                return new Part(target, file, channel);
            }
        } catch (OverlappingFileLockException e) {
            // The same as a lock of another process.
            channel.close();
            throw busy(file);
        }
        channel.close();
        throw busy(file);
    }

    private static Failure busy(Path file) {
        return new Failure(ExitCode.FAILED, file + " is being written by another export", null);
    }

    /** Where an export of the same question left off, or the beginning. */
    Progress resume(String identity) throws IOException {
        long size = channel.size();
        Progress found =
                note.read(identity)
                        .filter(noted -> noted.path("cursor").isTextual())
                        .filter(noted -> noted.path("bytes").asLong() <= size)
                        .map(noted ->
                                new Progress(
                                        identity,
                                        noted.path("bytes").asLong(),
                                        noted.path("rows").asLong(),
                                        noted.path("columns").asInt(),
                                        noted.path("cursor").asText()))
                        .orElse(Progress.none(identity));
        backTo(found);
        return found;
    }

    /** Drops what comes behind. */
    void backTo(Progress progress) throws IOException {
        channel.truncate(progress.bytes());
        channel.position(progress.bytes());
        out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    /** Appends a text, and returns how many bytes that were. */
    int write(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        return bytes.length;
    }

    /** Appends bytes. */
    void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
    }

    Path file() {
        return file;
    }

    /** Makes sure of what was written, and notes it. */
    void note(Progress progress) throws IOException {
        force();
        if (progress.cursor() == null) {
            note.delete();
            return;
        }
        note.write(
                Note.of(progress.identity())
                        .put("bytes", progress.bytes())
                        .put("rows", progress.rows())
                        .put("columns", progress.columns())
                        .put("cursor", progress.cursor()));
    }

    void force() throws IOException {
        out.flush();
        channel.force(true);
    }

    /** Gives the file its name: it is whole. */
    void finish() throws IOException {
        force();
        Files.move(
                file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        note.delete();
    }

    /** Leaves what there is to the next export of the same question. */
    @Override
    public void close() throws IOException {
        boolean isEmpty = channel.size() == 0;
        channel.close();
        if (isEmpty) {
            Files.deleteIfExists(file);
        }
    }
}
