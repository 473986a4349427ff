package dev.whence.merge.rewrite;

import dev.whence.merge.file.ColumnRows;
import dev.whence.merge.rows.RowWalk;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;

/** Runs a splice over one column. */
final class ColumnSplice {
    private ColumnSplice() {}

    /**
     * Whether no replaced row differs in this column from the source row that replaces it; only for
     * a splice in place. Leaves the reader anywhere.
     */
    static boolean changesNothing(Splice splice, ColumnReader rows, RowWalk walk) {
        for (int step = 0; step < splice.steps(); step++) {
            int number = splice.number(step);
            switch (splice.kind(step)) {
                case KEEP -> {
                    for (int i = 0; i < number; i++) {
                        ColumnRows.skipRow(rows);
                    }
                }
                case PUT -> {
                    if (!walk.isSame(number, rows)) {
                        return false;
                    }
                }
                // The row is compared with the one that is put in its place.
                case SKIP -> {}
            }
        }
        return true;
    }

    /** Writes the column of the new row group. */
    static void write(
            Splice splice, KeptRows rows, RowWalk walk, ColumnWriter to, ColumnWriteStore store) {
        for (int step = 0; step < splice.steps(); step++) {
            int number = splice.number(step);
            switch (splice.kind(step)) {
                case KEEP -> {
                    for (int i = 0; i < number; i++) {
                        rows.copyRow(to);
                        store.endRecord();
                    }
                }
                case SKIP -> {
                    for (int i = 0; i < number; i++) {
                        rows.skipRow();
                    }
                }
                case PUT -> {
                    walk.write(number, to);
                    store.endRecord();
                }
            }
        }
    }

    /** Writes a column of source rows only. */
    static void write(RowWalk walk, ColumnWriter to, ColumnWriteStore store) {
        for (int i = 0; i < walk.rows(); i++) {
            walk.write(i, to);
            store.endRecord();
        }
    }
}
