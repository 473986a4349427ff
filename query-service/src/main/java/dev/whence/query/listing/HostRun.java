package dev.whence.query.listing;

import dev.whence.index.Posting;
import dev.whence.lake.RowRange;
import dev.whence.lake.RunSearch;
import dev.whence.lake.UrlKey;
import dev.whence.lake.UrlRange;
import dev.whence.query.QueryException;
import dev.whence.query.view.DomainUrls;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a domain, read from host to host. Not thread-safe. */
final class HostRun {
    private final int datasetId;
    private final Iterator<RowRange> ranges;
    private final @Nullable RunSearch search;
    private String host = "";
    private long row;
    private long end;

    private HostRun(int datasetId, List<RowRange> ranges, @Nullable RunSearch search)
            throws IOException {
        this.datasetId = datasetId;
        this.ranges = ranges.iterator();
        this.search = search;
        enterRow();
    }

    static HostRun open(DomainUrls urls, Posting posting, UrlRange range)
            throws QueryException, IOException {
        List<RowRange> ranges = urls.rows(posting, range);
        return new HostRun(
                urls.datasetId(), ranges, ranges.isEmpty() ? null : urls.search(posting));
    }

    int datasetId() {
        return datasetId;
    }

    boolean isAtEnd() {
        return row == end;
    }

    /** The host that it stands at. */
    String host() {
        return host;
    }

    /** How many rows its host has; it stands at the next one then. */
    long takeHost() throws IOException {
        String taken = host;
        long count = 0;
        while (!isAtEnd() && host.equals(taken)) {
            long behind = found().ceiling(UrlKey.beyondHost(host));
            count += Math.min(end, behind) - row;
            row = Math.min(end, behind);
            enterRow();
        }
        return count;
    }

    private void enterRow() throws IOException {
        if (row == end && ranges.hasNext()) {
            RowRange range = ranges.next();
            row = range.first();
            end = range.first() + range.rows();
        }
        if (row < end) {
            host = found().hostAt(row);
        }
    }

    private RunSearch found() {
        if (search == null) {
            throw new IllegalStateException("a run without rows has no hosts");
        }
        return search;
    }
}
