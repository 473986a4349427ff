package dev.whence.merge.plan;

import dev.whence.merge.UnreadableFileException;
import dev.whence.merge.file.ColumnRows;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.key.KeyBuffer;
import dev.whence.merge.rows.RowKey;
import dev.whence.merge.rows.SourceRows;
import java.io.IOException;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.apache.parquet.filter2.columnindex.RowRanges;

/** Looks every key of a row group up in the source, reading nothing but key columns. */
final class KeyScan {
    private KeyScan() {}

    /**
     * Scans a row group.
     *
     * @param ranges the rows that can have a key of the source; all if empty
     */
    static MatchBuffer run(
            ParquetInput input,
            int rowGroup,
            RowKey key,
            SourceRows source,
            Optional<RowRanges> ranges)
            throws IOException {
        var found = new MatchBuffer();
        long allRows = input.rowGroups().get(rowGroup).getRowCount();
        if (allRows == 0 || (ranges.isPresent() && ranges.get().rowCount() == 0)) {
            return found;
        }
        if (key.leaves().isEmpty()) {
            return constant(allRows, key, source, found);
        }
        Optional<MatchBuffer> flat = flat(input, rowGroup, key, source, ranges);
        if (flat.isPresent()) {
            return flat.get();
        }
        ColumnRows rows =
                ranges.isPresent() && ranges.get().rowCount() < allRows
                        ? input.columns(rowGroup, key.leaves(), ranges.get())
                        : input.columns(rowGroup, key.leaves());
        return input.reading()
                .run(
                        "keys of row group " + rowGroup,
                        () -> {
                            scan(rows, key, source, found);
                            return found;
                        });
    }

    private static Optional<MatchBuffer> flat(
            ParquetInput input,
            int rowGroup,
            RowKey key,
            SourceRows source,
            Optional<RowRanges> ranges)
            throws IOException {
        try {
            return input.reading()
                    .run(
                            "keys of row group " + rowGroup,
                            () -> FlatKeyScan.run(input, rowGroup, key, source, ranges));
        } catch (UnreadableFileException _) {
            // Perhaps only the index of its pages, which a reader of all rows does not need.
            return Optional.empty();
        }
    }

    private static void scan(ColumnRows rows, RowKey key, SourceRows source, MatchBuffer found) {
        int[] readers = IntStream.range(0, key.leaves().size()).toArray();
        Optional<PrimitiveIterator.OfLong> places = rows.rowIndexes();
        KeyBuffer buffer = new KeyBuffer();
        for (long i = 0; i < rows.rows(); i++) {
            int place = (int) (places.isPresent() ? places.get().nextLong() : i);
            buffer.clear();
            key.encode(rows, readers, buffer);
            int sourceRow = source.find(buffer);
            if (sourceRow >= 0) {
                found.add(place, sourceRow);
            }
            for (int reader : readers) {
                ColumnRows.skipRow(rows.reader(reader));
            }
        }
    }

    /** The file's place fixes the whole key. */
    private static MatchBuffer constant(
            long rows, RowKey key, SourceRows source, MatchBuffer found) {
        KeyBuffer buffer = new KeyBuffer();
        key.encodeFixed(buffer);
        int sourceRow = source.find(buffer);
        for (int row = 0; sourceRow >= 0 && row < rows; row++) {
            found.add(row, sourceRow);
        }
        return found;
    }
}
