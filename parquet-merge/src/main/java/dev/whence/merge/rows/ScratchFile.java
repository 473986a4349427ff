package dev.whence.merge.rows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A local file of a merge's own: written once from its start, then mapped. It has no name once it
 * is open, so that nothing is left when the process dies. Not thread-safe until it is mapped.
 */
public final class ScratchFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path directory;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long bytes;

    private ScratchFile(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    public static ScratchFile create(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path path = Files.createTempFile(directory, "merge-", ".scratch");
        try {
            return new ScratchFile(
                    directory,
                    FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } finally {
            Files.delete(path);
        }
    }

    /** How much was appended. */
    public long bytes() {
        return bytes;
    }

    public void append(byte[] from, int offset, int count) throws IOException {
        if (buffer.remaining() < count) {
            flush();
        }
        if (count > buffer.capacity()) {
            write(ByteBuffer.wrap(from, offset, count));
        } else {
            buffer.put(from, offset, count);
        }
        bytes += count;
    }

    /** What was appended, mapped for as long as the arena lives. */
    public MemorySegment map(Arena arena) throws IOException {
        flush();
        return channel.map(MapMode.READ_ONLY, 0, bytes, arena);
    }

    /**
     * Appends zeros and maps the file to be written. They are really written: a full disk is an
     * error here, and not a fault when a mapped page is touched.
     */
    public MemorySegment mapZeros(long length, Arena arena) throws IOException {
        byte[] zeros = new byte[BUFFER_BYTES];
        for (long left = length; left > 0; left -= zeros.length) {
            append(zeros, 0, (int) Math.min(left, zeros.length));
        }
        flush();
        return channel.map(MapMode.READ_WRITE, 0, length, arena);
    }

    private void flush() throws IOException {
        write(buffer.flip());
        buffer.clear();
    }

    private void write(ByteBuffer from) throws IOException {
        try {
            while (from.hasRemaining()) {
                channel.write(from);
            }
        } catch (IOException e) {
            // Named, or a full disk would pass for damage of the file that is read meanwhile.
            throw (IOException)
                    new FileSystemException(directory.toString(), null, e.getMessage())
                            .initCause(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
