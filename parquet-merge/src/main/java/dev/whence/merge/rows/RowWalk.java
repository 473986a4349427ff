package dev.whence.merge.rows;

import java.lang.foreign.MemorySegment;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriter;

/**
 * Some source rows, visited column by column in the table's order: each row keeps its place while
 * one column after the other is written. Not thread-safe.
 */
public final class RowWalk {
    private final SourceRows source;
    private final long[] places;
    private int leaf;

    RowWalk(SourceRows source, int[] rows, int from, int to) {
        this.source = source;
        this.places = new long[to - from];
        for (int i = from; i < to; i++) {
            places[i - from] = source.valuesAt(rows[i]);
        }
    }

    public int rows() {
        return places.length;
    }

    /** Writes the current column of the i-th row. */
    public void write(int i, ColumnWriter to) {
        source.leaves().get(leaf).write(source.data(), places[i], to);
    }

    /** The definition level of the i-th row in the current column, which does not repeat. */
    public int definition(int i) {
        return source.leaves().get(leaf).definition(source.data(), places[i]);
    }

    /** The value of the i-th row in such a column, not null, as the plain encoding has it. */
    public byte[] plain(int i) {
        return source.leaves().get(leaf).plain(source.data(), places[i]);
    }

    /** Whether a reader's current row equals the i-th row's current column, bit for bit. */
    public boolean isSame(int i, ColumnReader row) {
        return source.leaves().get(leaf).isSame(row, source.data(), places[i]);
    }

    /**
     * How many of the rows can be taken before the current column's distinct values pass a bound. A
     * value counts whenever it differs from the row before: exactly where rows are ordered by it,
     * and never too little.
     */
    public int rowsWithin(long largestBytes) {
        LeafRows current = source.leaves().get(leaf);
        long bytes = 0;
        long before = 0;
        long beforeBytes = -1;
        for (int i = 0; i < places.length; i++) {
            long length = current.skip(source.data(), places[i]) - places[i];
            boolean same =
                    length == beforeBytes
                            && MemorySegment.mismatch(
                                            source.data(),
                                            before,
                                            before + length,
                                            source.data(),
                                            places[i],
                                            places[i] + length)
                                    < 0;
            bytes += same ? 0 : length;
            if (bytes > largestBytes && i > 0) {
                return i;
            }
            before = places[i];
            beforeBytes = length;
        }
        return places.length;
    }

    /** Goes on to the next column. */
    public void nextColumn() {
        LeafRows current = source.leaves().get(leaf++);
        for (int i = 0; i < places.length; i++) {
            places[i] = current.skip(source.data(), places[i]);
        }
    }
}
