package dev.whence.lake;

import dev.whence.parquet.StoreRanges;
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
    private final long mostFetchedBytes;
    private @Nullable RowGroupReader reader;
    private RowSelection.@Nullable Part part;
    private long next;
    private StoreRanges fetched = StoreRanges.none();
    private long fetchedEnd;
    private Iterator<UrlRow> batch = List.<UrlRow>of().iterator();
    private String domain = "";
    private boolean domainWanted;

    UrlRowCursor(
            UrlFile file, List<RowSelection.Part> parts, Predicate<String> wanted, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.mostFetchedBytes = Math.min(RowSelection.LARGEST_FETCH_BYTES, mostBytes / 4);
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
            fetchedEnd = next;
        }
        RowGroupReader rowGroup = reader;
        if (rowGroup == null) {
            rowGroup = file.rowGroupReader(current.rowGroup());
            reader = rowGroup;
        }
        long batchEnd = batchEnd(current, next);
        if (batchEnd > fetchedEnd) {
            fetchedEnd = fetchEnd(current, rowGroup, batchEnd);
            fetched = StoreRanges.none();
            fetched = rowGroup.fetch(next, fetchedEnd);
        }
        batch = rowGroup.rows(next, batchEnd, fetched).iterator();
        next = batchEnd;
        return true;
    }

    /** Decoded rows may take what the dictionaries and the pages in wait leave. */
    private long batchEnd(RowSelection.Part current, long first) {
        long left = mostBytes - mostFetchedBytes - current.size().dictionaryBytes();
        return current.size().batchEnd(first, current.end(), Math.max(0, left));
    }

    /** As many whole batches as may wait in their stored form, and at least the next. */
    private long fetchEnd(RowSelection.Part current, RowGroupReader rowGroup, long batchEnd) {
        long end = batchEnd;
        while (end < current.end()) {
            long further = batchEnd(current, end);
            if (rowGroup.storedBytes(next, further) > mostFetchedBytes) {
                break;
            }
            end = further;
        }
        return end;
    }

    @Override
    public void close() {}
}
