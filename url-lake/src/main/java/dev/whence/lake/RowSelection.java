package dev.whence.lake;

import java.util.List;
import java.util.function.Predicate;

/**
 * Rows of a file that are about to be read. Says what they will take in memory, so that whoever
 * reads many files side by side can share a bound among them. Immutable and thread-safe.
 */
public final class RowSelection {
    /** A few pages: enough to make a ranged read worth it, little enough to be held. */
    public static final int BATCH_BYTES = 4 << 20;

    /**
     * Stored rows are small, so they are fetched further ahead than they are decoded: a quarter of
     * what a cursor may hold, and at most this.
     */
    static final long LARGEST_FETCH_BYTES = 1 << 20;

    private final UrlFile file;
    private final List<Part> parts;
    private final Predicate<String> wanted;

    /** Rows of one row group. */
    record Part(int rowGroup, RowRange range, DecodedSize size) {
        long end() {
            return range.first() + range.rows();
        }
    }

    RowSelection(UrlFile file, List<Part> parts, Predicate<String> wanted) {
        this.file = file;
        this.parts = List.copyOf(parts);
        this.wanted = wanted;
    }

    /** Whether no page can hold a wanted row. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /**
     * Bytes that a cursor holds when it reads one page at a time: its largest page decoded, the
     * dictionaries beside it, and what waits to be decoded. No less makes sense, as a page is
     * decompressed whole.
     */
    public long pageBytes() {
        long largest = 0;
        for (Part part : parts) {
            long page = part.size().largestPageBytes(part.range().first(), part.end());
            largest = Math.max(largest, page + part.size().dictionaryBytes());
        }
        return largest + Math.min(LARGEST_FETCH_BYTES, largest / 3 + 1);
    }

    /**
     * The rows in order.
     *
     * @param mostBytes what the cursor may hold of rows, decoded or not, and dictionaries at a
     *     time, at least one row whatever it takes; less than {@link #pageBytes} costs reading
     *     pages again
     */
    public RowCursor open(long mostBytes) {
        return new UrlRowCursor(file, parts, wanted, mostBytes);
    }
}
