package dev.whence.query.view;

import dev.whence.index.IndexedDomain;
import dev.whence.query.QueryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The domains that begin in one way and that somebody holds, in the order of their bytes. */
public final class PrefixDomains {
    /** So many are looked at for a page; most of them are held by somebody. */
    private static final int MOST_LOOKS = 20_000;

    private static final int MOST_AT_ONCE = 1_000;

    private final View view;
    private final String prefix;

    PrefixDomains(View view, String prefix) {
        this.view = view;
        this.prefix = prefix;
    }

    /**
     * A page of them. It may be short, even empty: only a page without {@code next} is the last.
     *
     * @param after only domains above this one; empty at first
     * @param limit at most so many, 1 to 10,000
     */
    public DomainNamesPage page(String after, int limit) throws QueryException, IOException {
        Holders holders = new Holders(view);
        List<String> found = new ArrayList<>();
        String last = after;
        for (int looks = 0; looks < MOST_LOOKS; looks += MOST_AT_ONCE) {
            List<IndexedDomain> some = view.index().prefix(prefix, last, MOST_AT_ONCE);
            for (IndexedDomain each : some) {
                if (holders.any(each.domain(), each.ordinal())) {
                    if (found.size() == limit) {
                        return new DomainNamesPage(found, Optional.of(found.getLast()));
                    }
                    found.add(each.domain());
                }
                last = each.domain();
            }
            if (some.size() < MOST_AT_ONCE) {
                return new DomainNamesPage(found, Optional.empty());
            }
        }
        return new DomainNamesPage(found, Optional.of(last));
    }
}
