package dev.whence.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes one file in its {@link Envelope}, front to back, through a small buffer. The file must not
 * exist before; it is deleted again unless {@link #finish()} was reached. Not thread-safe.
 */
final class EnvelopeWriter implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private long position;
    private int checksum;
    private boolean finished;

    EnvelopeWriter(Path directory, Envelope envelope) throws IOException {
        path = envelope.format().in(directory);
        channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        try {
            put(envelope.header());
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Bytes of payload so far. */
    long payloadBytes() {
        return position - Envelope.HEADER_BYTES;
    }

    void put(byte[] bytes) throws IOException {
        put(bytes, 0, bytes.length);
    }

    void put(byte[] bytes, int from, int length) throws IOException {
        crc.update(bytes, from, length);
        position += length;
        int at = from;
        int left = length;
        while (left > 0) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int chunk = Math.min(left, buffer.remaining());
            buffer.put(bytes, at, chunk);
            at += chunk;
            left -= chunk;
        }
    }

    /** Adds the footer and syncs; the file is complete. */
    BlockFile finish() throws IOException {
        put(Envelope.footerBeforeCrc(payloadBytes()));
        checksum = MaskedCrc.of(crc);
        put(
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(checksum)
                        .array());
        drain();
        channel.force(true);
        finished = true;
        return new BlockFile(path.getFileName().toString(), position, (int) crc.getValue());
    }

    /** What {@link MappedFile#checksum()} will say; known once the file is finished. */
    int checksum() {
        return checksum;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!finished) {
            Files.deleteIfExists(path);
        }
    }

    private void drain() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
