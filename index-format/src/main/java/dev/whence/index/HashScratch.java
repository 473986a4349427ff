package dev.whence.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and ranks that do not stay in memory, in chunks of 4,096: a file that is there from the
 * first chunk on and until this is closed. One thread writes; after that, any number may read.
 */
final class HashScratch implements AutoCloseable {

    static final int CHUNK_KEYS = 4096;

    private static final String NAME = "hashes.scratch";
    private static final int CHUNK_BYTES = CHUNK_KEYS * (Long.BYTES + Integer.BYTES);

    private final Path path;
    private @Nullable FileChannel channel;
    private int chunks;

    HashScratch(Path directory) {
        path = directory.resolve(NAME);
    }

    /** Writes a chunk from the beginning of the arrays; returns its number. */
    int write(long[] hashes, int[] ranks) throws IOException {
        FileChannel out = channel;
        if (out == null) {
            out =
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE_NEW);
            channel = out;
        }
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        chunk.asLongBuffer().put(hashes, 0, CHUNK_KEYS);
        chunk.position(CHUNK_KEYS * Long.BYTES).asIntBuffer().put(ranks, 0, CHUNK_KEYS);
        chunk.position(0);
        while (chunk.hasRemaining()) {
            out.write(chunk);
        }
        return chunks++;
    }

    /** Reads a chunk that was written. */
    void read(int number, ShardKeys keys, int at) throws IOException {
        FileChannel in = channel;
        if (in == null || number >= chunks) {
            throw new IllegalArgumentException("Chunk %d of %d".formatted(number, chunks));
        }
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        long start = (long) number * CHUNK_BYTES;
        while (chunk.hasRemaining()) {
            if (in.read(chunk, start + chunk.position()) < 0) {
                throw new IOException(path + " was cut short");
            }
        }
        chunk.flip().asLongBuffer().get(keys.hashes, at, CHUNK_KEYS);
        chunk.position(CHUNK_KEYS * Long.BYTES).asIntBuffer().get(keys.ranks, at, CHUNK_KEYS);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            Files.deleteIfExists(path);
        }
    }
}
