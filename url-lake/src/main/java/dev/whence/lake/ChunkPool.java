package dev.whence.lake;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all row buffers of a process share, in chunks of one size. Thread-safe. Its bound
 * is what bounds an ingest: a buffer that gets no chunk refuses the row. Chunks are allocated when
 * they are first needed and kept for reuse.
 */
public final class ChunkPool {
    private final int chunkBytes;
    private final int chunks;
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private int used;

    /**
     * @param chunkBytes size of a chunk, at least 1 KiB; no row can be larger
     * @param chunks how many there are at most, at least one
     */
    public ChunkPool(int chunkBytes, int chunks) {
        if (chunkBytes < 1 << 10 || chunks < 1) {
            throw new IllegalArgumentException(
                    "a pool needs a chunk of 1024 bytes or more, not %d of %d bytes"
                            .formatted(chunks, chunkBytes));
        }
        this.chunkBytes = chunkBytes;
        this.chunks = chunks;
    }

    /** The bound: bytes of all chunks there can be. */
    public long totalBytes() {
        return (long) chunkBytes * chunks;
    }

    /** Bytes of the chunks that buffers hold now. */
    public synchronized long usedBytes() {
        return (long) chunkBytes * used;
    }

    int chunkBytes() {
        return chunkBytes;
    }

    /** A chunk with any content, or null when all are in use. */
    synchronized byte @Nullable [] take() {
        if (used == chunks) {
            return null;
        }
        used++;
        byte[] chunk = free.poll();
        return chunk != null ? chunk : new byte[chunkBytes];
    }

    synchronized void giveBack(byte[] chunk) {
        used--;
        free.push(chunk);
    }
}
