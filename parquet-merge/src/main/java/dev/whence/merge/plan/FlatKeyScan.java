package dev.whence.merge.plan;

import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.key.KeyBuffer;
import dev.whence.merge.rows.RowKey;
import dev.whence.merge.rows.SourceRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.io.SeekableInputStream;

/**
 * Looks the keys of a row group up column by column, the smallest first: rows with a value that the
 * source does not have are ruled out before the next one is read, and only those that are left are
 * looked up. Values are taken from flat pages as bytes.
 */
final class FlatKeyScan {
    /** Larger row groups have more rows than bits are kept for. */
    private static final long MOST_ROWS = 1 << 28;

    /** What is remembered of the values of all columns: the least memory that a merge may have. */
    private static final long MOST_BYTES = 16L << 20;

    private FlatKeyScan() {}

    /**
     * Scans a row group; empty if that is to be done row by row.
     *
     * @param ranges the rows that can have a key of the source; all if empty
     */
    static Optional<MatchBuffer> run(
            ParquetInput input,
            int rowGroup,
            RowKey key,
            SourceRows source,
            Optional<RowRanges> ranges)
            throws IOException {
        long rows = input.rowGroups().get(rowGroup).getRowCount();
        if (rows > MOST_ROWS) {
            return Optional.empty();
        }
        try (SeekableInputStream bytes = input.singleReads()) {
            List<KeyLeaf> leaves = new ArrayList<>();
            for (int i = 0; i < key.parts().size(); i++) {
                RowKey.Part part = key.parts().get(i);
                if (!part.isFixed()) {
                    Optional<KeyLeaf> leaf =
                            KeyLeaf.of(
                                    input,
                                    rowGroup,
                                    key.leaves().get(part.leaf()),
                                    part.column(),
                                    source.filter(i),
                                    bytes);
                    if (leaf.isEmpty()) {
                        return Optional.empty();
                    }
                    leaves.add(leaf.get());
                }
            }
            BitSet left = rows(rows, ranges);
            for (KeyLeaf leaf :
                    leaves.stream().sorted(Comparator.comparingLong(KeyLeaf::bytes)).toList()) {
                if (!leaf.filter(left, MOST_BYTES / leaves.size())) {
                    return Optional.empty();
                }
            }
            return Optional.of(lookUp(left, key, leaves, source));
        }
    }

    private static BitSet rows(long rows, Optional<RowRanges> ranges) {
        BitSet left = new BitSet((int) rows);
        if (ranges.isEmpty()) {
            left.set(0, (int) rows);
        } else {
            for (RowRanges.Range range : ranges.get().getRanges()) {
                left.set((int) range.from, (int) range.to + 1);
            }
        }
        return left;
    }

    private static MatchBuffer lookUp(
            BitSet left, RowKey key, List<KeyLeaf> leaves, SourceRows source) throws IOException {
        var found = new MatchBuffer();
        var buffer = new KeyBuffer();
        for (int row = left.nextSetBit(0); row >= 0; row = left.nextSetBit(row + 1)) {
            buffer.clear();
            for (RowKey.Part part : key.parts()) {
                if (part.isFixed()) {
                    part.encodeFixed(buffer);
                } else {
                    leaves.get(part.leaf()).encode(row, buffer);
                }
            }
            int sourceRow = source.find(buffer);
            if (sourceRow >= 0) {
                found.add(row, sourceRow);
            }
        }
        return found;
    }
}
