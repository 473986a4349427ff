package dev.whence.ingest;

/**
 * What parts of ingest may take of a heap. Bounds in bytes of what lies packed in Kafka say nothing
 * of what it unpacks to, so that records are counted by the largest that there may be.
 *
 * @param heapBytes the largest that the heap becomes
 */
public record HeapShares(long heapBytes) {
    private static final int MAX_POLL_RECORDS = 64;
    private static final long MIN_FETCH_BYTES = 1 << 20;
    private static final long MAX_FETCH_BYTES = 16 << 20;

    /** Of the heap of this process. */
    public static HeapShares ofThisProcess() {
        return new HeapShares(Runtime.getRuntime().maxMemory());
    }

    /** A quarter of the heap for rows: as much again is needed to sort and to encode them. */
    public long bufferBytes() {
        return Math.max(FlushLimits.CHUNK_BYTES, heapBytes / 4);
    }

    /**
     * Refuses messages that would end the process each time they are read: one is unpacked, and
     * copied, beside the rows that are made of it.
     *
     * @throws IllegalArgumentException if one takes more than a quarter of the heap
     */
    public void requireRoomFor(int messageBytes) {
        if (messageBytes > heapBytes / 4) {
            throw new IllegalArgumentException(
                    "whence.ingest.max-message-bytes is %d; a heap of %d bytes has room for messages of %d: give Java more heap (-Xmx), or take shorter ones only"
                            .formatted(messageBytes, heapBytes, heapBytes / 4));
        }
    }

    /** Records of one poll, 1 to 64: an eighth of the heap, were all as long as may be. */
    public int pollRecords(int messageBytes) {
        return Math.toIntExact(Math.clamp(heapBytes / 8 / messageBytes, 1, MAX_POLL_RECORDS));
    }

    /** Bytes that a broker may send at once, packed; a batch that is longer comes alone. */
    public int fetchBytes() {
        return Math.toIntExact(Math.clamp(heapBytes / 16, MIN_FETCH_BYTES, MAX_FETCH_BYTES));
    }
}
