package dev.whence.merge.rewrite;

import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SortColumn;
import dev.whence.merge.plan.FilePlan;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;

/** Decides what becomes of the rows of each row group. Thread-safe. */
interface Splicing {

    /**
     * What becomes of a row group's rows.
     *
     * @param order that they are in; empty for none
     */
    Splice splice(ParquetInput input, FilePlan file, int group, List<SortColumn> order)
            throws IOException;

    /** Whether rows that are put in have that order too. */
    boolean keepsOrder(List<SortColumn> order);

    /** Whether a row that is replaced has the same value in a column, bit for bit. */
    default boolean keepsValues(ColumnDescriptor leaf) {
        return false;
    }
}
