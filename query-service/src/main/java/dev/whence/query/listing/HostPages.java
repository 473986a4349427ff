package dev.whence.query.listing;

import dev.whence.index.Posting;
import dev.whence.lake.UrlRange;
import dev.whence.query.QueryException;
import dev.whence.query.lake.SideBySide;
import dev.whence.query.listing.HostPage.HostCounts;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.query.view.DomainUrls;
import dev.whence.query.view.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * The hosts of a domain with exact counts, page by page. Rows of a domain are sorted by host, so
 * that each run of it tells its hosts in order with a look or two for each, and a page is the merge
 * of all runs. Stateless.
 */
public final class HostPages {
    /** So many runs are held open for a page, each with a page of hosts in memory. */
    private static final int MOST_RUNS = 2_000;

    /** A page ends after so many looks for the end of a host, but not before it has one. */
    private static final int MOST_LOOKS = 20_000;

    private static final int ABREAST = 16;

    private HostPages() {}

    /** A row group that may hold some, and whose it is. */
    private record Run(DomainUrls urls, Posting posting) {}

    /**
     * A page of hosts by name.
     *
     * @param holdings the datasets to look in
     * @param below only this host and those below it; empty for all
     * @param after only hosts above this one; empty at first
     * @param limit at most so many, at least 1
     * @throws QueryException.TooMuch if the domain lies in too many places
     */
    public static HostPage read(
            View view, String domain, List<Holding> holdings, String below, String after, int limit)
            throws QueryException, IOException {
        PriorityQueue<HostRun> heads = new PriorityQueue<>(Comparator.comparing(HostRun::host));
        UrlRange range = after.isEmpty() ? UrlRange.ALL : UrlRange.beyondHost(after);
        for (HostRun run :
                SideBySide.look(
                        runs(view, domain, holdings),
                        ABREAST,
                        run -> HostRun.open(run.urls(), run.posting(), range))) {
            if (!run.isAtEnd()) {
                heads.add(run);
            }
        }
        List<HostCounts> hosts = new ArrayList<>();
        int looks = 0;
        String last = after;
        while (!heads.isEmpty()) {
            if (hosts.size() == limit || looks >= MOST_LOOKS) {
                return new HostPage(hosts, Optional.of(last));
            }
            String host = heads.element().host();
            Map<Integer, Long> counts = new TreeMap<>(Integer::compareUnsigned);
            while (!heads.isEmpty() && heads.element().host().equals(host)) {
                HostRun run = heads.remove();
                counts.merge(run.datasetId(), run.takeHost(), Long::sum);
                looks++;
                if (!run.isAtEnd()) {
                    heads.add(run);
                }
            }
            if (isBelow(withoutPort(host), below)) {
                hosts.add(new HostCounts(host, counts));
            }
            last = host;
        }
        return new HostPage(hosts, Optional.empty());
    }

    private static List<Run> runs(View view, String domain, List<Holding> holdings)
            throws QueryException {
        List<Run> runs = new ArrayList<>();
        for (Holding holding : holdings) {
            DomainUrls urls = view.urls(domain, holding.datasetId());
            urls.postings().forEach(posting -> runs.add(new Run(urls, posting)));
        }
        if (runs.size() > MOST_RUNS) {
            throw new QueryException.TooMuch(
                    "%s lies in %d row groups of %d datasets, more than the %d that are looked through at once; ask for the hosts of one dataset by dataset_id."
                            .formatted(domain, runs.size(), holdings.size(), MOST_RUNS));
        }
        return runs;
    }

    private static boolean isBelow(String host, String name) {
        return name.isEmpty() || host.equals(name) || host.endsWith("." + name);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }
}
