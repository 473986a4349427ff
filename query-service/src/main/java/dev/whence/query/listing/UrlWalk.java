package dev.whence.query.listing;

import dev.whence.index.Posting;
import dev.whence.lake.RowRange;
import dev.whence.lake.UrlRow;
import dev.whence.query.QueryException;
import dev.whence.query.lake.SideBySide;
import dev.whence.query.view.DomainUrls;
import dev.whence.url.Fingerprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The way to one page of URLs. It goes over the row groups that may hold some, looks up which rows
 * of each are wanted, passes whole ranges by their lengths, and reads what the page wants; it stops
 * when the page is full. So a first page costs a run or two however long the list is, a page at a
 * place the same, and a page at an offset one look for each row group before it.
 *
 * <p>A page of the whole list that reaches its end has accounted for every row group, by itself or
 * by the offset that its cursor brought, and then the files must add up to the index's count: what
 * does not is an error, never a list that is silently short or long. Not thread-safe.
 */
final class UrlWalk {
    /**
     * How many row groups are looked at side by side, at most: each look may be a few reads of the
     * store one after the other.
     */
    private static final int ABREAST = 8;

    private final DomainUrls urls;
    private final UrlFilter filter;
    private final PageStart start;
    private final OptionalLong total;
    private final boolean counts;
    private final boolean toTheEnd;
    private final PageRows rows;
    private long passed;
    private @Nullable RowPlace next;

    /**
     * Begins a page.
     *
     * @param total how many the list has, if that is known
     */
    UrlWalk(DomainUrls urls, UrlFilter filter, PageStart start, int limit, OptionalLong total) {
        this.urls = urls;
        this.filter = filter;
        this.start = start;
        this.total = total;
        // What was masked since the page before may have been counted in its offset.
        this.counts = total.isPresent() && !urls.isMasked();
        long left = counts ? total.getAsLong() - start.offset() : Long.MAX_VALUE;
        this.toTheEnd = counts && limit >= left;
        this.rows = new PageRows((int) Math.min(limit, left), filter);
        this.passed = start.place() == null ? 0 : start.offset();
    }

    UrlPage page() throws IOException, QueryException {
        List<Posting> postings = urls.postings();
        // A page that may be full after the first run looks at that alone; then at more and more.
        int abreast = toTheEnd ? ABREAST : 1;
        int at = firstPosting(postings);
        while (at < postings.size() && !isDone()) {
            int end = Math.min(at + abreast, postings.size());
            List<Look> looks = looks(postings.subList(at, end));
            List<DomainUrls.Start> starts = SideBySide.look(looks, ABREAST, this::start);
            for (int i = 0; i < looks.size(); i++) {
                List<UrlRow> read = starts.get(i).rows();
                for (RowRange range : starts.get(i).ranges()) {
                    pass(looks.get(i).posting(), range, read);
                    read = List.of();
                }
            }
            at = end;
            abreast = Math.min(ABREAST, 2 * abreast);
        }
        if (counts && !isDone() && passed != total.getAsLong()) {
            throw mismatch(passed < total.getAsLong() ? "fewer" : "more");
        }
        return new UrlPage(rows.rows(), start.offset(), total, following());
    }

    private Optional<RowPlace> following() {
        boolean ended =
                counts ? start.offset() + rows.rows().size() >= total.getAsLong() : !rows.isFull();
        return ended ? Optional.empty() : Optional.ofNullable(next);
    }

    /** A page that reaches the end counts what is behind it, too, unless it ended early. */
    private boolean isDone() {
        return toTheEnd ? rows.endedEarly() : rows.isFull();
    }

    /** A row group, and which of its rows in the list to read along. */
    private record Look(Posting posting, long skip, int limit) {}

    /**
     * What to read along with each look: in the first what the page goes on with, and in all of
     * them if the page takes all that there is and that is not much. In the row group with the
     * place where the page begins that is not known before its run is.
     */
    private List<Look> looks(List<Posting> postings) {
        long skip = Math.max(0, start.offset() - passed);
        int wanted = rows.isFull() ? 0 : rows.next(Long.MAX_VALUE);
        List<Look> looks = new ArrayList<>();
        for (Posting posting : postings) {
            boolean sure = looks.isEmpty() || (toTheEnd && skip == 0 && wanted == rows.left());
            RowPlace place = start.place();
            boolean begins = place != null && place.isIn(posting);
            looks.add(new Look(posting, skip, sure && !begins ? wanted : 0));
        }
        return looks;
    }

    private DomainUrls.Start start(Look look) throws IOException, QueryException {
        return urls.start(look.posting(), filter.range(), look.skip(), look.limit());
    }

    /**
     * Passes rows of a row group that are in the list, and reads those that the page wants.
     *
     * @param read the first of those, as far as they were read along
     */
    private void pass(Posting posting, RowRange range, List<UrlRow> read)
            throws IOException, QueryException {
        RowRange ahead = ahead(posting, range);
        long from = Math.max(0, start.offset() - passed);
        if (!read.isEmpty()) {
            from += rows.add(read);
            next = RowPlace.of(posting, ahead.first() + from);
        }
        while (from < ahead.rows() && !rows.isFull()) {
            int count = rows.next(ahead.rows() - from);
            from += rows.add(urls.read(posting, ahead, from, count));
            next = RowPlace.of(posting, ahead.first() + from);
        }
        passed += ahead.rows();
        if (counts && passed > total.getAsLong()) {
            throw mismatch("more");
        }
    }

    /** The rows that do not come before the place where the page begins. */
    private RowRange ahead(Posting posting, RowRange range) {
        RowPlace place = start.place();
        if (place == null || !place.isIn(posting) || place.row() <= range.first()) {
            return range;
        }
        long left = range.first() + range.rows() - place.row();
        return left > 0 ? new RowRange(place.row(), left) : RowRange.EMPTY;
    }

    private int firstPosting(List<Posting> postings) {
        RowPlace place = start.place();
        int at = 0;
        while (place != null && at < postings.size() && place.isBehind(postings.get(at))) {
            at++;
        }
        return at;
    }

    private QueryException mismatch(String found) {
        return new QueryException.InconsistentVersion(
                "Version %d counts %d URLs of domain %s in dataset %s; its files hold %s."
                        .formatted(
                                urls.version(),
                                total.orElse(0),
                                Fingerprint.hex(Fingerprint.of(urls.domain())),
                                Integer.toUnsignedString(urls.datasetId()),
                                found));
    }
}
