package dev.whence.indexer;

import dev.whence.access.Takedowns;
import dev.whence.lake.RowCursor;
import dev.whence.lake.RowSelection;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlRow;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Finds the rows of files that are taken down. Of a file only the pages are read that can hold a
 * domain of which something is taken down. Immutable and thread-safe.
 */
final class TakenDownRows {
    private final Takedowns takedowns;
    private final NavigableSet<String> domains;

    TakenDownRows(Takedowns takedowns) {
        this.takedowns = takedowns;
        this.domains = Collections.unmodifiableNavigableSet(new TreeSet<>(takedowns.domains()));
    }

    /**
     * Rows that were found.
     *
     * @param places bit i: row i of those of the domains that were looked through, in file order
     * @param counts how many they are of each domain
     */
    record Found(BitSet places, DomainCounts counts) {
        static final Found NOTHING = new Found(new BitSet(), new DomainCounts.Builder().build());

        boolean isEmpty() {
            return places.isEmpty();
        }

        long rows() {
            return counts.rows();
        }
    }

    /** The domains of which something may be taken down, in their order. */
    NavigableSet<String> domains() {
        return domains;
    }

    /** Those of them that a file holds. */
    NavigableSet<String> heldBy(DomainCounts counts) {
        var held = new TreeSet<String>();
        if (domains.size() < counts.size()) {
            domains.stream().filter(counts::contains).forEach(held::add);
        } else {
            counts.forEach((domain, rows) -> {
                if (domains.contains(domain)) {
                    held.add(domain);
                }
            });
        }
        return held;
    }

    /** Those of them that a file with such a first and last domain may hold. */
    NavigableSet<String> between(String first, String last) {
        return domains.subSet(first, true, last, true);
    }

    /** Looks through all rows that a file has of some domains. */
    Found in(UrlFile file, NavigableSet<String> lookedThrough) throws IOException {
        if (lookedThrough.isEmpty()) {
            return Found.NOTHING;
        }
        var places = new BitSet();
        var counts = new DomainCounts.Builder();
        int at = 0;
        try (RowCursor rows = file.select(lookedThrough).open(RowSelection.BATCH_BYTES)) {
            for (UrlRow row = rows.next(); row != null; row = rows.next()) {
                if (takedowns.hide(row.domain(), row.host(), row.pathQuery())) {
                    places.set(at);
                    counts.add(row.domain(), 1);
                }
                at++;
            }
        }
        return new Found(places, counts.build());
    }
}
