package dev.whence.merge.rewrite;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * The zstd levels of pages that take the place of others. No file says at which level it was
 * written, so each column begins with the fastest, and goes up by one as soon as a page is less
 * dense than the one before it was. Kept for a merge; thread-safe.
 */
final class PageLevels {
    private static final int FASTEST = 1;

    private final ConcurrentHashMap<List<String>, Integer> levels = new ConcurrentHashMap<>();

    int of(ColumnDescriptor leaf, int most) {
        return Math.min(most, levels.getOrDefault(List.of(leaf.getPath()), FASTEST));
    }

    /** A level made a page too large: the column is not written at it again. */
    void tooFast(ColumnDescriptor leaf, int level) {
        levels.merge(List.of(leaf.getPath()), level + 1, Math::max);
    }
}
