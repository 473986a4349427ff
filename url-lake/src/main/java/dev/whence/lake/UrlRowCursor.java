package dev.whence.lake;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads parts of row groups in batches, and gives the rows of wanted domains. Not thread-safe. */
final class UrlRowCursor implements RowCursor {
    private final UrlFile file;
    private final Iterator<RowSelection.Part> parts;
    private final Predicate<String> wanted;
    private final long mostBytes;
    private @Nullable RowGroupReader reader;
    private RowSelection.@Nullable Part part;
    private long next;
    private Iterator<UrlRow> batch = List.<UrlRow>of().iterator();
    private String domain = "";
    private boolean domainWanted;

    UrlRowCursor(
            UrlFile file, List<RowSelection.Part> parts, Predicate<String> wanted, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
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
        // What was read before is not needed while the next is decoded.
        batch = List.<UrlRow>of().iterator();
        RowSelection.Part current = part;
        if (current == null || next == current.end()) {
            if (!parts.hasNext()) {
                return false;
            }
            RowSelection.Part following = parts.next();
            if (current == null || following.rowGroup() != current.rowGroup()) {
                reader = null;
            }
            current = following;
            part = following;
            next = following.range().first();
        }
        RowGroupReader rowGroup = reader;
        if (rowGroup == null) {
            rowGroup = file.rowGroupReader(current.rowGroup());
            reader = rowGroup;
        }
        long batchBytes = mostBytes - current.size().dictionaryBytes();
        long batchEnd = current.size().batchEnd(next, current.end(), Math.max(0, batchBytes));
        batch = rowGroup.rows(next, batchEnd).iterator();
        next = batchEnd;
        return true;
    }

    @Override
    public void close() {}
}
