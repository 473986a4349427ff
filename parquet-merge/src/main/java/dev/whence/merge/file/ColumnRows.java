package dev.whence.merge.file;

import dev.whence.parquet.IgnoredValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.schema.MessageType;

/** Columns of one row group, each with its own reader. Not thread-safe. */
public final class ColumnRows {
    private final long rows;
    private final List<ColumnReader> readers = new ArrayList<>();
    private final Optional<PrimitiveIterator.OfLong> rowIndexes;

    ColumnRows(
            PageReadStore pages,
            MessageType schema,
            String createdBy,
            List<ColumnDescriptor> leaves,
            FileReading reading)
            throws IOException {
        rows = pages.getRowCount();
        var store = new ColumnReadStoreImpl(pages, new IgnoredValues(), schema, createdBy);
        for (ColumnDescriptor leaf : leaves) {
            long values = pages.getPageReader(leaf).getTotalValueCount();
            boolean enough = leaf.getMaxRepetitionLevel() == 0 ? values == rows : values >= rows;
            if (pages.getRowIndexes().isEmpty() && !enough) {
                throw reading.damaged(
                        "column %s has %d values for %d rows"
                                .formatted(String.join(".", leaf.getPath()), values, rows));
            }
            readers.add(store.getColumnReader(leaf));
        }
        rowIndexes = pages.getRowIndexes();
    }

    /** Rows that can be read. */
    public long rows() {
        return rows;
    }

    /** The rows' places in the row group, where only some are read. */
    public Optional<PrimitiveIterator.OfLong> rowIndexes() {
        return rowIndexes;
    }

    /** The reader of the i-th column, at its first value. */
    public ColumnReader reader(int column) {
        return readers.get(column);
    }

    /** Leaves a row without looking at its values. */
    public static void skipRow(ColumnReader reader) {
        int most = reader.getDescriptor().getMaxDefinitionLevel();
        do {
            if (reader.getCurrentDefinitionLevel() == most) {
                reader.skip();
            }
            reader.consume();
        } while (reader.getCurrentRepetitionLevel() > 0);
    }
}
