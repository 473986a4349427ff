package dev.whence.query;

import dev.whence.index.IndexSnapshot;
import dev.whence.index.Posting;
import dev.whence.lake.DomainStart;
import dev.whence.lake.RowRange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Pages of the URLs that a dataset holds of a domain: by file id, then as the file is sorted.
 * Thread-safe; bounds how many pages are in memory at once, and how much text each holds.
 *
 * <p>The index says how many there are, and which row groups may hold some. The walk over those
 * looks up where each one's run lies, passes whole runs by their lengths, and reads what the page
 * wants; it stops when the page is full. Rows that the page is sure to begin with are read together
 * with the place of their run. So a first page costs one round trip to the store where a dataset is
 * compacted, and a page further on one look for each row group before it, which is kept for the
 * next page. A page that reaches the end has looked at every row group, and then the files must add
 * up to the index's count: what does not is an error, never a list that is silently short or long.
 */
public final class UrlPages {
    /**
     * How many row groups are looked at side by side, at most: each look may be several reads of
     * the store.
     */
    private static final int ABREAST = 8;

    /** Makes of a page what is answered. */
    public interface Answer<T> {
        T of(UrlPage page) throws IOException;
    }

    private final LakeReader lake;
    private final Semaphore reads;
    private final Duration patience;

    /**
     * Reads from a lake.
     *
     * @param mostReads how many pages are in memory at once
     * @param patience how long a question waits for its turn
     */
    public UrlPages(LakeReader lake, int mostReads, Duration patience) {
        this.lake = lake;
        this.reads = new Semaphore(mostReads);
        this.patience = patience;
    }

    /**
     * Reads a page, empty when the offset is at or beyond the end, and makes an answer of it, while
     * no more than the pages that may be read at once are in memory. A page may end before its
     * limit, once its texts are long ({@link PageRows}); it holds at least one URL then.
     *
     * @param limit at least 1
     */
    public <T> T read(
            OpenVersion version,
            String domain,
            int datasetId,
            long offset,
            int limit,
            Answer<T> answer)
            throws IOException, QueryException {
        version.dataset(datasetId);
        IndexSnapshot index = version.index();
        int ordinal = index.ordinalOf(domain);
        long total = ordinal < 0 ? 0 : index.count(ordinal, datasetId);
        if (offset >= total) {
            return answer.of(new UrlPage(List.of(), offset, total));
        }
        takeTurn();
        try {
            List<Posting> postings = index.postings(datasetId, domain);
            PageRows rows = walk(index, postings, domain, offset, limit, total);
            if (!rows.isFull()) {
                throw mismatch(version, domain, datasetId, "fewer", total);
            }
            return answer.of(new UrlPage(rows.rows(), offset, total));
        } catch (TooManyRows e) {
            throw mismatch(version, domain, datasetId, "more", total);
        } finally {
            reads.release();
        }
    }

    private PageRows walk(
            IndexSnapshot index,
            List<Posting> postings,
            String domain,
            long offset,
            int limit,
            long total)
            throws IOException, QueryException, TooManyRows {
        boolean toTheEnd = limit >= total - offset;
        var rows = new PageRows((int) Math.min(limit, total - offset));
        // A page that may be full after the first run looks at that alone; then at more and more.
        int abreast = toTheEnd ? ABREAST : 1;
        long passed = 0;
        for (int at = 0; at < postings.size() && !isDone(rows, toTheEnd); ) {
            int end = Math.min(at + abreast, postings.size());
            List<LakeReader.Look> looks =
                    looks(postings.subList(at, end), Math.max(0, offset - passed), toTheEnd, rows);
            List<DomainStart> starts = lake.start(index, looks, domain);
            for (int i = 0; i < starts.size(); i++) {
                DomainStart start = starts.get(i);
                long skip = Math.max(0, offset - passed);
                rows.add(start.rows());
                RowRange run = start.run();
                read(index, looks.get(i).posting(), domain, run, skip + start.rows().size(), rows);
                passed += run.rows();
                if (passed > total) {
                    throw new TooManyRows();
                }
            }
            at = end;
            abreast = Math.min(ABREAST, 2 * abreast);
        }
        return rows;
    }

    /** A page that reaches the end counts what is behind it, too, unless it ended early. */
    private static boolean isDone(PageRows rows, boolean toTheEnd) {
        return toTheEnd ? rows.endedEarly() : rows.isFull();
    }

    /**
     * What to read along with each look: in the first what the page goes on with, and in all of
     * them if the page takes all that there is and that is not much.
     */
    private static List<LakeReader.Look> looks(
            List<Posting> postings, long skip, boolean toTheEnd, PageRows rows) {
        int wanted = rows.isFull() ? 0 : rows.next(Long.MAX_VALUE);
        List<LakeReader.Look> looks = new ArrayList<>();
        for (Posting posting : postings) {
            boolean sure = looks.isEmpty() || (toTheEnd && skip == 0 && wanted == rows.left());
            looks.add(new LakeReader.Look(posting, skip, sure ? wanted : 0));
        }
        return looks;
    }

    private void read(
            IndexSnapshot index,
            Posting posting,
            String domain,
            RowRange run,
            long skip,
            PageRows rows)
            throws IOException, QueryException {
        for (long from = skip; from < run.rows() && !rows.isFull(); ) {
            int count = rows.next(run.rows() - from);
            rows.add(lake.read(index, posting, domain, run, from, count));
            from += count;
        }
    }

    private void takeTurn() throws QueryException {
        try {
            if (!reads.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new QueryException.Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException.Busy();
        }
    }

    private static QueryException mismatch(
            OpenVersion version, String domain, int datasetId, String found, long total) {
        return new QueryException.InconsistentVersion(
                "Version %d counts %d URLs of %s in dataset %s; its files hold %s."
                        .formatted(
                                version.number(),
                                total,
                                domain,
                                Integer.toUnsignedString(datasetId),
                                found));
    }

    /** The runs hold more rows than the index counts. */
    private static final class TooManyRows extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
