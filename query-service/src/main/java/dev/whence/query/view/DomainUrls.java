package dev.whence.query.view;

import dev.whence.index.Posting;
import dev.whence.lake.DomainStart;
import dev.whence.lake.RowRange;
import dev.whence.lake.RunSearch;
import dev.whence.lake.UrlRange;
import dev.whence.lake.UrlRow;
import dev.whence.query.QueryException;
import dev.whence.query.lake.LakeReader;
import dev.whence.query.lake.SideBySide;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The URLs that a dataset holds of a domain, as a view shows them: the row groups that may hold
 * some, and which rows of each are wanted and not masked. As long as its view is open.
 */
public final class DomainUrls {
    /** How many row groups are looked at side by side. */
    private static final int ABREAST = 8;

    private final View view;
    private final String domain;
    private final int datasetId;
    private final long indexed;
    private final List<UrlRange> masked;
    private final List<Posting> postings;

    DomainUrls(View view, String domain, int datasetId, long indexed) {
        this.view = view;
        this.domain = domain;
        this.datasetId = datasetId;
        this.indexed = indexed;
        this.masked = view.visibility().masked(domain);
        this.postings =
                indexed == 0 || masked.contains(UrlRange.ALL)
                        ? List.of()
                        : view.index().postings(datasetId, domain);
    }

    public String domain() {
        return domain;
    }

    public int datasetId() {
        return datasetId;
    }

    /** The version that they are of. */
    public long version() {
        return view.number();
    }

    /** Whether some of them may be masked, so that more are in the files than are shown. */
    public boolean isMasked() {
        return !masked.isEmpty();
    }

    /** The row groups that may hold some, in the order of the list. */
    public List<Posting> postings() {
        return postings;
    }

    /** How many there are: the index's count, less what is masked. */
    public long total() throws QueryException, IOException {
        if (masked.isEmpty()) {
            return indexed;
        }
        return postings.isEmpty() ? 0 : view.unmasked(domain, datasetId, this::counted);
    }

    private long counted() throws QueryException, IOException {
        long total = 0;
        for (List<RowRange> rows :
                SideBySide.look(postings, ABREAST, posting -> rows(posting, UrlRange.ALL))) {
            total += rows.stream().mapToLong(RowRange::rows).sum();
        }
        return total;
    }

    /**
     * What a row group begins with.
     *
     * @param ranges its rows that are wanted and shown, in order and apart
     * @param rows of the first range those that were asked for, where they could be read with it
     */
    public record Start(List<RowRange> ranges, List<UrlRow> rows) {}

    /**
     * The rows of a row group that are wanted and shown. Where that is the whole run, up to {@code
     * limit} rows after the first {@code skip} come with it in the same round trip to the store.
     */
    public Start start(Posting posting, UrlRange wanted, long skip, int limit)
            throws QueryException, IOException {
        if (!wanted.isAll() || isMasked()) {
            return new Start(rows(posting, wanted), List.of());
        }
        DomainStart start =
                view.lake().start(view.index(), new LakeReader.Look(posting, skip, limit), domain);
        return new Start(nonEmpty(start.run()), start.rows());
    }

    /** The rows of a row group that are wanted and shown, in order and apart. */
    public List<RowRange> rows(Posting posting, UrlRange wanted)
            throws QueryException, IOException {
        RowRange run = view.lake().locate(view.index(), posting, domain);
        if (run.rows() == 0 || (wanted.isAll() && masked.isEmpty())) {
            return run.rows() == 0 ? List.of() : List.of(run);
        }
        RunSearch search = view.lake().search(view.index(), posting, run);
        List<RowRange> rows = nonEmpty(search.rows(wanted));
        for (UrlRange mask : masked) {
            rows = without(rows, search.rows(mask));
        }
        return rows;
    }

    /** Looks rows of a row group up by their hosts; only rows that are shown may be told. */
    public RunSearch search(Posting posting) throws QueryException, IOException {
        return view.lake()
                .search(view.index(), posting, view.lake().locate(view.index(), posting, domain));
    }

    /** Rows of such a range after the first {@code skip}, exactly {@code limit} of them. */
    public List<UrlRow> read(Posting posting, RowRange rows, long skip, int limit)
            throws QueryException, IOException {
        return view.lake().read(view.index(), posting, domain, rows, skip, limit);
    }

    private static List<RowRange> nonEmpty(RowRange range) {
        return range.rows() == 0 ? List.of() : List.of(range);
    }

    private static List<RowRange> without(List<RowRange> rows, RowRange hidden) {
        if (hidden.rows() == 0) {
            return rows;
        }
        long hiddenEnd = hidden.first() + hidden.rows();
        List<RowRange> left = new ArrayList<>();
        for (RowRange range : rows) {
            long end = range.first() + range.rows();
            add(left, range.first(), Math.min(end, hidden.first()));
            add(left, Math.max(range.first(), hiddenEnd), end);
        }
        return left;
    }

    private static void add(List<RowRange> ranges, long first, long end) {
        if (end > first) {
            ranges.add(new RowRange(first, end - first));
        }
    }
}
