package dev.whence.lake;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads parts of row groups in batches, and gives the rows of wanted domains. Not thread-safe. */
final class UrlRowCursor implements RowCursor {
    /** A few pages: enough to make a ranged read worth it, little enough to be held. */
    private static final int BATCH_ROWS = 16_000;

    /** Rows of one row group. */
    record Part(int rowGroup, RowRange range) {}

    private final UrlFile file;
    private final Iterator<Part> parts;
    private final Predicate<String> wanted;
    private @Nullable RowGroupReader reader;
    private int rowGroup = -1;
    private long next;
    private long end;
    private Iterator<UrlRow> batch = List.<UrlRow>of().iterator();
    private String domain = "";
    private boolean domainWanted;

    UrlRowCursor(UrlFile file, List<Part> parts, Predicate<String> wanted) {
        this.file = file;
        this.parts = parts.iterator();
        this.wanted = wanted;
    }

    @Override
    public @Nullable UrlRow next() throws IOException {
        while (true) {
            while (batch.hasNext()) {
                UrlRow row = batch.next();
                if (isWanted(row.domain())) {
                    return row;
                }
            }
            if (!readBatch()) {
                return null;
            }
        }
    }

    private boolean isWanted(String rowDomain) {
        if (!rowDomain.equals(domain)) {
            domain = rowDomain;
            domainWanted = wanted.test(rowDomain);
        }
        return domainWanted;
    }

    private boolean readBatch() throws IOException {
        if (next == end) {
            if (!parts.hasNext()) {
                return false;
            }
            Part part = parts.next();
            next = part.range().first();
            end = next + part.range().rows();
            if (part.rowGroup() != rowGroup) {
                rowGroup = part.rowGroup();
                reader = null;
            }
        }
        RowGroupReader current = reader;
        if (current == null) {
            current = file.rowGroupReader(rowGroup);
            reader = current;
        }
        long batchEnd = Math.min(end, next + BATCH_ROWS);
        batch = current.rows(next, batchEnd).iterator();
        next = batchEnd;
        return true;
    }

    @Override
    public void close() {}
}
