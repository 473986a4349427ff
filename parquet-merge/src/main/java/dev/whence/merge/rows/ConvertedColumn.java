package dev.whence.merge.rows;

import dev.whence.merge.file.ColumnRows;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriter;

/** A column of an older file, written as the table has it now. Not thread-safe. */
public final class ConvertedColumn {
    private final Optional<ColumnReader> from;
    private final LeafMapping mapping;
    private final LeafRows rows;
    private final RowBuffer row = new RowBuffer();

    ConvertedColumn(Optional<ColumnReader> from, LeafMapping mapping) {
        this.from = from;
        this.mapping = mapping;
        this.rows = new LeafRows(mapping.to());
    }

    public void copyRow(ColumnWriter to) {
        row.clear();
        if (from.isPresent()) {
            rows.read(from.get(), mapping, row);
        } else {
            rows.putAbsent(row);
        }
        rows.write(MemorySegment.ofArray(row.bytes()), 0, to);
    }

    public void skipRow() {
        from.ifPresent(ColumnRows::skipRow);
    }
}
