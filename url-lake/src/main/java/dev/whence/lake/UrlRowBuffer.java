package dev.whence.lake;

import dev.whence.url.ParsedUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows in memory, as bytes in chunks of a {@link ChunkPool}, each in a group (what will be one
 * file), waiting to be sorted and written. Not thread-safe.
 *
 * <p>Rows lie one behind the other, so nothing but chunks is held while rows come in. A write sorts
 * addresses: 8 bytes for each row of the buffer, 16 more for each of the group, which {@link
 * #heldBytes} counts from the beginning.
 */
public final class UrlRowBuffer {
    /** Groups are 0 to this, exclusive. */
    public static final int GROUPS = 1 << 24;

    private static final int SORT_BYTES = 3 * Long.BYTES;
    private static final byte[][] NO_EXTRAS = {};

    private final ChunkPool pool;
    private final List<byte[]> chunks = new ArrayList<>();

    /** Bytes used in each chunk but the last, and the number of rows up to its end. */
    private final List<Filled> filled = new ArrayList<>();

    private int used;
    private long rows;
    private @Nullable GroupedRows byGroup;

    private record Filled(int bytes, long rowsUpToEnd) {}

    public UrlRowBuffer(ChunkPool pool) {
        this.pool = pool;
    }

    /**
     * Adds a row to a group (0 to 2^24).
     *
     * @return false, with nothing added, when the pool has no chunk left
     * @throws IllegalArgumentException if the row is larger than a chunk, or the group out of range
     */
    public boolean append(int group, ParsedUrl url, long tsMicros, Map<String, String> extras) {
        if (group < 0 || group >= GROUPS) {
            throw new IllegalArgumentException("group " + group + " is not below " + GROUPS);
        }
        byte[][] texts = extras.isEmpty() ? NO_EXTRAS : RowBytes.texts(extras);
        int length = RowBytes.encodedLength(url, texts);
        if (length > pool.chunkBytes()) {
            throw new IllegalArgumentException(
                    "row of %d bytes; the largest that can be buffered has %d"
                            .formatted(length, pool.chunkBytes()));
        }
        if (chunks.isEmpty() || used + length > pool.chunkBytes()) {
            byte[] chunk = pool.take();
            if (chunk == null) {
                return false;
            }
            if (!chunks.isEmpty()) {
                filled.add(new Filled(used, rows));
            }
            chunks.add(chunk);
            used = 0;
        }
        RowBytes.encode(url, group, tsMicros, texts, chunks.getLast(), used, length);
        used += length;
        rows++;
        byGroup = null;
        return true;
    }

    public long rows() {
        return rows;
    }

    /** Bytes of chunks held, and of the addresses that a write will sort. */
    public long heldBytes() {
        return (long) chunks.size() * pool.chunkBytes() + rows * SORT_BYTES;
    }

    /** A point to which {@link #rollback} can return. */
    public long mark() {
        return rows;
    }

    /** Drops all rows added since the mark. */
    public void rollback(long mark) {
        if (mark < 0 || mark > rows) {
            throw new IllegalArgumentException(
                    "mark %d is not of this buffer, which holds %d rows".formatted(mark, rows));
        }
        if (mark == 0) {
            clear();
            return;
        }
        while (!filled.isEmpty() && filled.getLast().rowsUpToEnd() >= mark) {
            pool.giveBack(chunks.removeLast());
            Filled last = filled.removeLast();
            used = last.bytes();
            rows = last.rowsUpToEnd();
        }
        byte[] chunk = chunks.getLast();
        long row = filled.isEmpty() ? 0 : filled.getLast().rowsUpToEnd();
        int at = 0;
        for (; row < mark; row++) {
            at += RowBytes.length(chunk, at);
        }
        used = at;
        rows = mark;
        byGroup = null;
    }

    /** The groups that have rows, ascending. */
    public int[] groups() {
        return grouped().groups();
    }

    /**
     * Writes a group's rows, sorted, as one Parquet file; the rows stay.
     *
     * @param distinct keep only the first of rows with the same URL (in the order in which they
     *     were added)
     * @throws IllegalArgumentException if the group has no rows
     */
    public UrlFileSummary write(int group, boolean distinct, Path file, UrlFileOptions options)
            throws IOException {
        long[] addresses = grouped().rowsOf(group);
        RowSorter.sort(chunks, addresses);
        try (UrlFileEncoder encoder = new UrlFileEncoder(file, options)) {
            byte @Nullable [] last = null;
            int lastRow = 0;
            for (long address : addresses) {
                byte[] chunk = chunks.get((int) (address >>> 32));
                int row = (int) address;
                if (distinct
                        && last != null
                        && RowBytes.compareKeys(last, lastRow, chunk, row, 0) == 0) {
                    continue;
                }
                encoder.add(chunk, row);
                last = chunk;
                lastRow = row;
            }
            return encoder.finish();
        }
    }

    /** Drops all rows and gives the chunks back. */
    public void clear() {
        chunks.forEach(pool::giveBack);
        chunks.clear();
        filled.clear();
        used = 0;
        rows = 0;
        byGroup = null;
    }

    private GroupedRows grouped() {
        GroupedRows known = byGroup;
        if (known == null) {
            int[] ends = new int[chunks.size()];
            for (int i = 0; i < filled.size(); i++) {
                ends[i] = filled.get(i).bytes();
            }
            if (ends.length > 0) {
                ends[ends.length - 1] = used;
            }
            known = GroupedRows.of(chunks, ends, Math.toIntExact(rows));
            byGroup = known;
        }
        return known;
    }
}
