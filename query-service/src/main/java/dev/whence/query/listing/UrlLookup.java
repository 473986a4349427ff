package dev.whence.query.listing;

import dev.whence.index.Posting;
import dev.whence.lake.RowRange;
import dev.whence.lake.UrlRange;
import dev.whence.query.QueryException;
import dev.whence.query.lake.SideBySide;
import dev.whence.query.view.DomainDatasets;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.query.view.DomainUrls;
import dev.whence.query.view.View;
import dev.whence.url.CanonicalUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which datasets hold one URL. The index says which hold its domain; each is confirmed in its
 * files, by a search in sorted rows that compares whole strings. Stateless.
 */
public final class UrlLookup {
    /** So many row groups are looked into for one question. */
    private static final int MOST_RUNS = 20_000;

    private static final int ABREAST = 16;

    private UrlLookup() {}

    private record Run(int holder, DomainUrls urls, Posting posting) {}

    /**
     * The datasets with how many rows of the URL each holds.
     *
     * @throws QueryException.TooMuch if its domain lies in too many places
     */
    public static DomainDatasets of(View view, CanonicalUrl url)
            throws QueryException, IOException {
        List<Holding> holdings = view.holdings(url.domain()).holdings();
        List<Run> runs = new ArrayList<>();
        for (int holder = 0; holder < holdings.size(); holder++) {
            DomainUrls urls = view.urls(url.domain(), holdings.get(holder).datasetId());
            for (Posting posting : urls.postings()) {
                runs.add(new Run(holder, urls, posting));
            }
        }
        if (runs.size() > MOST_RUNS) {
            throw new QueryException.TooMuch(
                    "%s lies in %d row groups, more than the %d that are looked into for one URL."
                            .formatted(url.domain(), runs.size(), MOST_RUNS));
        }
        UrlRange range = UrlRange.of(url);
        List<Long> found =
                SideBySide.look(
                        runs,
                        ABREAST,
                        run ->
                                run.urls().rows(run.posting(), range).stream()
                                        .mapToLong(RowRange::rows)
                                        .sum());
        long[] rows = new long[holdings.size()];
        for (int i = 0; i < runs.size(); i++) {
            rows[runs.get(i).holder()] += found.get(i);
        }
        List<Holding> holders = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] > 0) {
                holders.add(
                        new Holding(holdings.get(i).datasetId(), holdings.get(i).name(), rows[i]));
            }
        }
        return new DomainDatasets(url.domain(), holders);
    }
}
