package dev.whence.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A new local file that a Parquet writer fills, with the CRC32C of its bytes computed on the way.
 * From {@link #holdTail} on, bytes are kept in memory until {@link #complete} is given the tail
 * that shall be written in their place: that is how a footer gets its seal. Closing the stream,
 * which the Parquet writer does, never makes the file complete. Not thread-safe.
 */
public final class ChecksummedFile implements OutputFile, AutoCloseable {
    private static final int BUFFER_BYTES = 256 << 10;

    private final Path path;
    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private byte[] tail = new byte[0];
    private int tailBytes;
    private long headBytes;
    private boolean holding;
    private boolean complete;

    /**
     * Creates the file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one
     */
    public ChecksummedFile(Path path) throws IOException {
        this.path = path;
        this.channel =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Keeps what is written from here on in memory. */
    public void holdTail() {
        holding = true;
    }

    /** Where the held tail begins in the file. */
    public long tailOffset() {
        return headBytes;
    }

    /** A copy of the bytes held. */
    public byte[] tail() {
        return Arrays.copyOf(tail, tailBytes);
    }

    /** Writes the tail in place of the one held, and forces the file to disk. */
    public void complete(byte[] sealedTail) throws IOException {
        append(sealedTail, 0, sealedTail.length);
        flush();
        channel.force(true);
        channel.close();
        complete = true;
    }

    /**
     * The same, but leaves it to the system when the bytes reach the disk: for a file that is put
     * into a store at once, which forces its own copy, and would be of no use after a crash.
     */
    public void completeUnforced(byte[] sealedTail) throws IOException {
        append(sealedTail, 0, sealedTail.length);
        flush();
        channel.close();
        complete = true;
    }

    /** Bytes written to the file; the held tail does not count. */
    public long bytes() {
        return headBytes;
    }

    /** The CRC32C of {@link #bytes}. */
    public int crc32c() {
        return (int) crc.getValue();
    }

    /** Deletes the file unless it is complete. */
    @Override
    public void close() throws IOException {
        if (!complete) {
            channel.close();
            Files.deleteIfExists(path);
        }
    }

    private void append(byte[] bytes, int from, int length) throws IOException {
        crc.update(bytes, from, length);
        headBytes += length;
        if (length >= BUFFER_BYTES) {
            flush();
            writeFully(ByteBuffer.wrap(bytes, from, length));
            return;
        }
        if (buffer.remaining() < length) {
            flush();
        }
        buffer.put(bytes, from, length);
    }

    private void flush() throws IOException {
        writeFully(buffer.flip());
        buffer.clear();
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            // Named, or a full disk would pass for damage of a file that is read meanwhile.
            throw (IOException)
                    new FileSystemException(path.toString(), null, e.getMessage()).initCause(e);
        }
    }

    private void hold(byte[] bytes, int from, int length) {
        if (tail.length - tailBytes < length) {
            tail = Arrays.copyOf(tail, Math.max(Math.addExact(tailBytes, length), tail.length * 2));
        }
        System.arraycopy(bytes, from, tail, tailBytes, length);
        tailBytes += length;
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return new Stream();
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return new Stream();
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    @Override
    public String getPath() {
        return path.toString();
    }

    private final class Stream extends PositionOutputStream {
        private final byte[] single = new byte[1];

        @Override
        public long getPos() {
            return headBytes + tailBytes;
        }

        @Override
        public void write(int value) throws IOException {
            single[0] = (byte) value;
            write(single, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (holding) {
                hold(bytes, from, length);
            } else {
                append(bytes, from, length);
            }
        }
    }
}
