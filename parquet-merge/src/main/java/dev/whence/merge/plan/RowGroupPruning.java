package dev.whence.merge.plan;

import dev.whence.merge.MergeSettings.Pruning;
import dev.whence.merge.UnreadableFileException;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.key.BloomProbe;
import dev.whence.merge.key.KeyBounds;
import dev.whence.merge.key.KeyColumn;
import dev.whence.merge.key.KeyRanges;
import dev.whence.merge.rows.RowKey;
import dev.whence.merge.rows.SourceRows;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/**
 * Takes a row group through the steps that read only metadata: one key column that excludes every
 * key of the source is enough. Not thread-safe.
 */
final class RowGroupPruning {
    /** More values than these find something in almost any filter. */
    private static final int MOST_PROBES = 1_000;

    private final ParquetInput input;
    private final RowKey key;
    private final SourceRows source;
    private final Pruning depth;
    private final Deadline deadline;

    /** What the metadata says: a reason to leave it alone, or else the rows that are left. */
    record Result(Optional<Reason> excluded, Optional<RowRanges> left) {
        static final Result NOTHING = new Result(Optional.empty(), Optional.empty());

        static Result excludedBy(Reason reason) {
            return new Result(Optional.of(reason), Optional.empty());
        }
    }

    RowGroupPruning(
            ParquetInput input, RowKey key, SourceRows source, Pruning depth, Deadline deadline) {
        this.input = input;
        this.key = key;
        this.source = source;
        this.depth = depth;
        this.deadline = deadline;
    }

    Result run(int rowGroup) throws IOException {
        if (reaches(Pruning.STATISTICS) && anyColumn(rowGroup, this::excludedByStatistics)) {
            return Result.excludedBy(Reason.STATISTICS);
        }
        if (reaches(Pruning.BLOOM_FILTERS) && anyColumn(rowGroup, this::excludedByBloomFilter)) {
            return Result.excludedBy(Reason.BLOOM_FILTER);
        }
        if (!reaches(Pruning.COLUMN_INDEXES)) {
            return Result.NOTHING;
        }
        Optional<RowRanges> left = pages(rowGroup);
        return left.isPresent() && left.get().rowCount() == 0
                ? Result.excludedBy(Reason.COLUMN_INDEX)
                : new Result(Optional.empty(), left);
    }

    private boolean reaches(Pruning step) {
        return depth.compareTo(step) >= 0;
    }

    private interface Step {
        boolean excludes(KeyColumn column, KeyRanges ranges, ColumnChunkMetaData chunk)
                throws IOException;
    }

    private boolean anyColumn(int rowGroup, Step step) throws IOException {
        for (int i = 0; i < key.parts().size(); i++) {
            RowKey.Part part = key.parts().get(i);
            if (part.isFixed() || deadline.isOver()) {
                continue;
            }
            ColumnChunkMetaData chunk = input.chunk(rowGroup, leaf(part));
            try {
                if (step.excludes(part.column(), source.ranges(i), chunk)) {
                    return true;
                }
            } catch (UnreadableFileException _) {
                // Metadata that cannot be read excludes nothing; damage shows when rows are read.
            }
        }
        return false;
    }

    private ColumnDescriptor leaf(RowKey.Part part) {
        return key.leaves().get(part.leaf());
    }

    private boolean excludedByStatistics(
            KeyColumn column, KeyRanges ranges, ColumnChunkMetaData chunk) {
        return !ranges.mayIntersect(bounds(column, chunk));
    }

    private boolean excludedByBloomFilter(
            KeyColumn column, KeyRanges ranges, ColumnChunkMetaData chunk) throws IOException {
        if (chunk.getBloomFilterOffset() < 0) {
            return false;
        }
        Optional<List<byte[]>> values = ranges.exactWithin(bounds(column, chunk), MOST_PROBES);
        if (values.isEmpty()) {
            return false;
        }
        Optional<BloomFilter> filter = input.bloomFilter(chunk);
        BloomProbe probe = new BloomProbe(column);
        return filter.isPresent()
                && values.get().stream().noneMatch(value -> probe.mayHold(filter.get(), value));
    }

    private static KeyBounds bounds(KeyColumn column, ColumnChunkMetaData chunk) {
        return KeyBounds.ofChunk(column, chunk.getStatistics(), chunk.getValueCount());
    }

    /** Rows of the pages that no key column excludes; empty if nothing can be said. */
    private Optional<RowRanges> pages(int rowGroup) throws IOException {
        long rows = input.rowGroups().get(rowGroup).getRowCount();
        Optional<RowRanges> left = Optional.empty();
        boolean everyColumnHasOffsets = true;
        for (int i = 0; i < key.parts().size(); i++) {
            RowKey.Part part = key.parts().get(i);
            if (part.isFixed() || deadline.isOver()) {
                continue;
            }
            ColumnChunkMetaData chunk = input.chunk(rowGroup, leaf(part));
            Optional<OffsetIndex> offsets = offsets(chunk, rows);
            everyColumnHasOffsets &= offsets.isPresent();
            if (offsets.isPresent()) {
                Optional<RowRanges> pages =
                        pages(part.column(), source.ranges(i), chunk, offsets.get(), rows);
                left = intersection(left, pages);
            }
        }
        // Single pages can be read only where each key column says where its pages are.
        boolean useful = left.isPresent() && (left.get().rowCount() == 0 || everyColumnHasOffsets);
        return useful && !deadline.isOver() ? left : Optional.empty();
    }

    private Optional<OffsetIndex> offsets(ColumnChunkMetaData chunk, long rows) throws IOException {
        try {
            return input.offsetIndex(chunk, rows);
        } catch (UnreadableFileException _) {
            // As if it had none.
            return Optional.empty();
        }
    }

    private Optional<RowRanges> pages(
            KeyColumn column,
            KeyRanges ranges,
            ColumnChunkMetaData chunk,
            OffsetIndex offsets,
            long rows)
            throws IOException {
        try {
            Optional<ColumnIndex> index = input.columnIndex(chunk);
            if (index.isEmpty() || index.get().getNullPages().size() != offsets.getPageCount()) {
                return Optional.empty();
            }
            RowRanges.Builder left = RowRanges.builder();
            for (int page = 0; page < offsets.getPageCount(); page++) {
                long first = offsets.getFirstRowIndex(page);
                long last = offsets.getLastRowIndex(page, rows);
                long values = last - first + 1;
                if (ranges.mayIntersect(KeyBounds.ofPage(column, index.get(), page, values))) {
                    left.addSelectedRange(first, last);
                }
            }
            return Optional.of(left.build());
        } catch (UnreadableFileException _) {
            // As if it had none.
            return Optional.empty();
        }
    }

    private static Optional<RowRanges> intersection(
            Optional<RowRanges> one, Optional<RowRanges> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return Optional.of(RowRanges.intersection(one.get(), other.get()));
    }
}
