package dev.whence.merge.rows;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.whence.merge.Partition;
import dev.whence.merge.key.KeyBuffer;
import dev.whence.merge.key.KeyFilter;
import dev.whence.merge.key.KeyRanges;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;

/**
 * The rows of a source on scratch disk, found by key, in the order of their table's sort, and by
 * number. A row lies there as the lengths of its three keys and the number of its partition (ints),
 * then its key, rank and sort key, then each leaf column's part ({@link LeafRows}). Nothing of its
 * size is on the heap but one bit a row. Thread-safe; gone when its merge's plan is closed.
 */
public final class SourceRows {
    static final int HEADER_BYTES = 4 * Integer.BYTES;

    private final MemorySegment data;
    private final MemorySegment offsets;
    private final KeyTable keys;
    private final BitSet losers;
    private final int rows;
    private final List<KeyRanges> ranges;
    private final List<KeyFilter> filters;
    private final List<Partition> partitions;
    private final List<LeafRows> leaves;

    SourceRows(
            MemorySegment data,
            MemorySegment offsets,
            KeyTable keys,
            BitSet losers,
            int rows,
            List<KeyRanges> ranges,
            List<KeyFilter> filters,
            List<Partition> partitions,
            List<LeafRows> leaves) {
        this.data = data;
        this.offsets = offsets;
        this.keys = keys;
        this.losers = losers;
        this.rows = rows;
        this.ranges = ranges;
        this.filters = filters;
        this.partitions = partitions;
        this.leaves = leaves;
    }

    /** All rows, those included that lost to another one of their key. */
    public int rows() {
        return rows;
    }

    /** Rows that lost to another one of their key. */
    public int duplicates() {
        return losers.cardinality();
    }

    /** Whether this row is the one that counts among those of its key. */
    public boolean counts(int row) {
        return !losers.get(row);
    }

    /** How many rows from one to before another lost. */
    public int losers(int from, int to) {
        return losers.get(from, to).cardinality();
    }

    /** What the values of a key column are. */
    public KeyRanges ranges(int keyColumn) {
        return ranges.get(keyColumn);
    }

    /** Rules values of a key column out that no row has. */
    public KeyFilter filter(int keyColumn) {
        return filters.get(keyColumn);
    }

    /** The row of a key, or -1. */
    public int find(KeyBuffer key) {
        return find(data, offsets, keys, key.bytes(), key.length());
    }

    static int find(
            MemorySegment data, MemorySegment offsets, KeyTable keys, byte[] key, int length) {
        long hash = KeyTable.hash(key, 0, length);
        return keys.find(hash, row -> isKey(data, offset(offsets, row), key, length));
    }

    static boolean isKey(MemorySegment data, long offset, byte[] key, int length) {
        long from = offset + HEADER_BYTES;
        return data.get(JAVA_INT_UNALIGNED, offset) == length
                && MemorySegment.mismatch(
                                MemorySegment.ofArray(key), 0, length, data, from, from + length)
                        < 0;
    }

    static long offset(MemorySegment offsets, int row) {
        return offsets.get(JAVA_LONG, (long) row * Long.BYTES);
    }

    /** The partitions that rows belong to. */
    public List<Partition> partitions() {
        return partitions;
    }

    /** Which of {@link #partitions} a row belongs to; -1 if the source does not say. */
    public int partition(int row) {
        return data.get(JAVA_INT_UNALIGNED, offset(offsets, row) + 3L * Integer.BYTES);
    }

    /** Bytes that a row takes here: about its size in memory. */
    public long bytes(int row) {
        long end = row + 1 < rows ? offset(offsets, row + 1) : data.byteSize();
        return end - offset(offsets, row);
    }

    /** Compares the places of two rows in the table's sort order. */
    public int compareSort(int one, int other) {
        long a = sortAt(one);
        long b = sortAt(other);
        return compare(data, a, sortBytes(one), data, b, sortBytes(other));
    }

    /** Compares a row's place in the table's sort order with an encoded one. */
    public int compareSort(int row, KeyBuffer sort) {
        return compare(
                data,
                sortAt(row),
                sortBytes(row),
                MemorySegment.ofArray(sort.bytes()),
                0,
                sort.length());
    }

    /** A walk through rows {@code walked[from … to - 1]}, column by column. */
    public RowWalk walk(int[] walked, int from, int to) {
        return new RowWalk(this, walked, from, to);
    }

    MemorySegment data() {
        return data;
    }

    List<LeafRows> leaves() {
        return leaves;
    }

    long valuesAt(int row) {
        return sortAt(row) + sortBytes(row);
    }

    private long sortAt(int row) {
        long offset = offset(offsets, row);
        return offset
                + HEADER_BYTES
                + data.get(JAVA_INT_UNALIGNED, offset)
                + data.get(JAVA_INT_UNALIGNED, offset + Integer.BYTES);
    }

    private int sortBytes(int row) {
        return data.get(JAVA_INT_UNALIGNED, offset(offsets, row) + 2L * Integer.BYTES);
    }

    static int compare(
            MemorySegment one, long a, int aBytes, MemorySegment other, long b, int bBytes) {
        long at = MemorySegment.mismatch(one, a, a + aBytes, other, b, b + bBytes);
        if (at < 0) {
            return 0;
        }
        if (at == aBytes || at == bBytes) {
            return Integer.compare(aBytes, bBytes);
        }
        return Byte.compareUnsigned(one.get(JAVA_BYTE, a + at), other.get(JAVA_BYTE, b + at));
    }
}
