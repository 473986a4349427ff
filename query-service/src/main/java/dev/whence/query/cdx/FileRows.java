package dev.whence.query.cdx;

import dev.whence.index.Posting;
import dev.whence.lake.RowRange;
import dev.whence.lake.UrlRange;
import dev.whence.lake.UrlRow;
import dev.whence.query.QueryException;
import dev.whence.query.view.DomainUrls;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;

/** The rows of a range in one file, in its order, a few in memory at a time. Not thread-safe. */
final class FileRows {
    private final int number;
    private final String hostKey;
    private final DomainUrls urls;
    private final String dataset;
    private final UrlRange range;
    private final int atOnce;
    private final Iterator<Posting> postings;
    private final Queue<UrlRow> ready = new ArrayDeque<>();
    private Iterator<RowRange> ranges = List.<RowRange>of().iterator();
    private Posting posting;
    private RowRange current = RowRange.EMPTY;
    private long done;

    private FileRows(
            int number,
            String hostKey,
            DomainUrls urls,
            String dataset,
            List<Posting> postings,
            UrlRange range,
            int atOnce) {
        this.number = number;
        this.hostKey = hostKey;
        this.urls = urls;
        this.dataset = dataset;
        this.range = range;
        this.atOnce = atOnce;
        this.postings = postings.iterator();
        this.posting = postings.getFirst();
    }

    /**
     * Stands at the first row.
     *
     * @param number tells it from others: rows that are alike come in the order of these
     * @param postings row groups of one file, at least one
     * @param atOnce so many rows are read at a time
     */
    static FileRows open(
            int number,
            String hostKey,
            DomainUrls urls,
            String dataset,
            List<Posting> postings,
            UrlRange range,
            int atOnce)
            throws QueryException, IOException {
        var rows = new FileRows(number, hostKey, urls, dataset, postings, range, atOnce);
        rows.fill();
        return rows;
    }

    boolean isAtEnd() {
        return ready.isEmpty();
    }

    int number() {
        return number;
    }

    /** Path and query of the next row. */
    String path() {
        return ready.element().pathQuery();
    }

    CdxRow take() throws QueryException, IOException {
        CdxRow taken = CdxRow.of(hostKey, ready.remove(), urls.datasetId(), dataset);
        if (ready.isEmpty()) {
            fill();
        }
        return taken;
    }

    private void fill() throws QueryException, IOException {
        while (ready.isEmpty()) {
            if (done < current.rows()) {
                int count = (int) Math.min(atOnce, current.rows() - done);
                ready.addAll(urls.read(posting, current, done, count));
                done += count;
            } else if (ranges.hasNext()) {
                current = ranges.next();
                done = 0;
            } else if (postings.hasNext()) {
                posting = postings.next();
                ranges = urls.rows(posting, range).iterator();
            } else {
                return;
            }
        }
    }
}
