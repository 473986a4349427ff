package dev.whence.query.config;

/**
 * What of the heap pages of URLs and opened files may take, where nobody has said otherwise: so
 * much that the answers to many who ask at once for the longest URLs leave room for all else.
 *
 * @param heapBytes the largest that the heap becomes
 */
public record PageMemory(long heapBytes) {
    /** What a page takes at the most, its file's own page and what is answered included. */
    private static final long PAGE_BYTES = 50_000_000;

    private static final int MOST_READS = 16;
    private static final long MIN_OPEN_FILE_BYTES = 1 << 20;
    private static final long MAX_OPEN_FILE_BYTES = 128 << 20;

    /** Of the heap of this process. */
    public static PageMemory ofThisProcess() {
        return new PageMemory(Runtime.getRuntime().maxMemory());
    }

    /** Pages at once: as many as a third of the heap holds, 1 to 16. */
    public int pageReads() {
        return Math.toIntExact(Math.clamp(heapBytes / 3 / PAGE_BYTES, 1, MOST_READS));
    }

    /** Bytes of opened files: a quarter of the heap, 1 to 128 MiB. */
    public long openFileBytes() {
        return Math.clamp(heapBytes / 4, MIN_OPEN_FILE_BYTES, MAX_OPEN_FILE_BYTES);
    }

    /**
     * Refuses what would end the process as soon as it is made use of. One page at a time is always
     * let pass.
     *
     * @throws IllegalArgumentException if both together are more than the heap
     */
    public void requireRoomFor(int pageReads, long openFileBytes) {
        if (pageReads > 1 && pageReads * PAGE_BYTES + openFileBytes > heapBytes) {
            throw new IllegalArgumentException(
                    "whence.query.page-reads is %d, of up to %d bytes each, and whence.query.open-file-bytes %d; the heap has %d bytes: give Java more (-Xmx), or lower them"
                            .formatted(pageReads, PAGE_BYTES, openFileBytes, heapBytes));
        }
    }
}
