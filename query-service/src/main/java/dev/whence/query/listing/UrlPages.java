package dev.whence.query.listing;

import dev.whence.query.QueryException;
import dev.whence.query.Turns;
import dev.whence.query.view.DomainUrls;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Pages of the URLs that a dataset holds of a domain: by file id, then as the file is sorted.
 * Thread-safe; bounds how many pages are in memory at once, and how much text each holds.
 */
public final class UrlPages {

    /** Makes of a page what is answered. */
    public interface Answer<T> {
        T of(UrlPage page) throws IOException;
    }

    private final Turns turns;

    /** Each page that is in memory takes one of the turns. */
    public UrlPages(Turns turns) {
        this.turns = turns;
    }

    /**
     * Reads a page, empty when it begins at or beyond the end, and makes an answer of it, while no
     * more than the pages that may be read at once are in memory. A page may end before its limit,
     * once its texts are long or its filter has looked at many rows ({@link PageRows}).
     *
     * @param start an offset beyond zero, without a place, goes with a filter only that needs no
     *     look at rows
     * @param limit at least 1
     */
    public <T> T read(
            DomainUrls urls, UrlFilter filter, PageStart start, int limit, Answer<T> answer)
            throws IOException, QueryException {
        OptionalLong total = filter.isNone() ? OptionalLong.of(urls.total()) : OptionalLong.empty();
        if (total.isPresent() && start.offset() >= total.getAsLong()) {
            return answer.of(new UrlPage(List.of(), start.offset(), total, Optional.empty()));
        }
        try (Turns.Turn _ = turns.take()) {
            return answer.of(new UrlWalk(urls, filter, start, limit, total).page());
        }
    }
}
