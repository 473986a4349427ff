package dev.whence.source;

/**
 * What a source may cost in memory; a file that needs more is refused.
 *
 * @param zstdWindowLog the largest window of a zstd frame, as a power of two, 10 to 31; it lies
 *     outside of the heap
 * @param heapBytes what a Parquet file has to go by: the columns that are read of a row group may
 *     have a third of it, a page an eighth, a footer a sixteenth
 */
public record SourceLimits(int zstdWindowLog, long heapBytes) {
    /** As {@code zstd -d} has it if nobody says {@code --long}. */
    public static final int USUAL_ZSTD_WINDOW_LOG = 27;

    /** What {@code zstd --long=31} makes: 2 GiB. */
    public static final int MOST_ZSTD_WINDOW_LOG = 31;

    /** Usual windows, and the heap of this process to itself. */
    public static final SourceLimits DEFAULT =
            new SourceLimits(USUAL_ZSTD_WINDOW_LOG, Runtime.getRuntime().maxMemory());

    private static final long MOST_CHUNK_BYTES = 1L << 30;
    private static final long MOST_PAGE_BYTES = 256L << 20;
    private static final long MOST_FOOTER_BYTES = 64L << 20;

    public SourceLimits {
        if (zstdWindowLog < 10 || zstdWindowLog > MOST_ZSTD_WINDOW_LOG) {
            throw new IllegalArgumentException(
                    "a window is 2^10 to 2^%d bytes, not 2^%d"
                            .formatted(MOST_ZSTD_WINDOW_LOG, zstdWindowLog));
        }
        if (heapBytes < 1) {
            throw new IllegalArgumentException("heap is 1 byte or more, not " + heapBytes);
        }
    }

    /** The same with another window. */
    public SourceLimits withZstdWindowLog(int log) {
        return new SourceLimits(log, heapBytes);
    }

    /** Of all columns that are read of a row group, as they stand in the file. */
    long chunkBytes() {
        return Math.min(MOST_CHUNK_BYTES, heapBytes / 3);
    }

    /** Of a page when it is unpacked. */
    long pageBytes() {
        return Math.min(MOST_PAGE_BYTES, heapBytes / 8);
    }

    long footerBytes() {
        return Math.min(MOST_FOOTER_BYTES, heapBytes / 16);
    }
}
