package dev.whence.lake;

/**
 * The memory that all row buffers of a process share, in chunks of one size. Thread-safe. Its bound
 * is what bounds an ingest: a buffer that gets no chunk refuses the row.
 */
public final class ChunkPool {

    public ChunkPool(int chunkBytes, int chunks) {
        throw new UnsupportedOperationException();
    }

    public long totalBytes() {
        throw new UnsupportedOperationException();
    }

    public long usedBytes() {
        throw new UnsupportedOperationException();
    }
}
