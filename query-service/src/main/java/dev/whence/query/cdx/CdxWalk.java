package dev.whence.query.cdx;

import dev.whence.query.QueryException;
import dev.whence.query.view.View;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a scope in the order of CDX, with their places. Not thread-safe. */
final class CdxWalk {
    private final View view;
    private final CdxScope scope;
    private final Iterator<HostGroup> groups;
    private @Nullable SortedRows rows;
    private @Nullable HostGroup group;
    private CdxPlace place;

    /**
     * Stands before the first row.
     *
     * @param from the place whose row comes first; null for the first of all
     */
    CdxWalk(View view, CdxScope scope, @Nullable CdxPlace from) throws QueryException, IOException {
        this.view = view;
        this.scope = scope;
        List<HostGroup> all = HostGroup.of(view, scope);
        this.place = from == null ? new CdxPlace("", "", 0) : from;
        if (from == null) {
            groups = all.iterator();
            return;
        }
        groups =
                all.stream()
                        .filter(each -> (each.key() + ")").compareTo(from.hostKey() + ")") >= 0)
                        .iterator();
        if (groups.hasNext()) {
            enter(groups.next(), from.path());
            int passed = 0;
            while (passed < from.number() && next().isPresent()) {
                passed++;
            }
        }
    }

    /** How many rows the scope has. */
    static long count(View view, CdxScope scope) throws QueryException, IOException {
        long count = 0;
        for (HostGroup each : HostGroup.of(view, scope)) {
            count += SortedRows.count(view, scope, each);
        }
        return count;
    }

    /** Passes rows by, whole groups of hosts without reading them. */
    void pass(long count) throws QueryException, IOException {
        long left = count;
        while (left > 0) {
            if (rows == null) {
                if (!groups.hasNext()) {
                    return;
                }
                HostGroup next = groups.next();
                long known = next.rows().orElse(Long.MAX_VALUE);
                if (known <= left) {
                    left -= known;
                    continue;
                }
                enter(next, "");
            }
            if (next().isEmpty()) {
                return;
            }
            left--;
        }
    }

    /** The next row; empty at the end. */
    Optional<CdxRow> next() throws QueryException, IOException {
        while (true) {
            if (rows != null && group != null) {
                Optional<CdxRow> row = rows.next();
                if (row.isPresent()) {
                    moveTo(group, row.get().row().pathQuery());
                    return row;
                }
                rows = null;
            }
            if (!groups.hasNext()) {
                return Optional.empty();
            }
            enter(groups.next(), "");
        }
    }

    /** The place of the row that was told last. */
    CdxPlace place() {
        return place;
    }

    private void moveTo(HostGroup of, String path) {
        boolean sameKey = place.hostKey().equals(of.key()) && place.path().equals(path);
        place = new CdxPlace(of.key(), path, sameKey ? place.number() + 1 : 0);
    }

    private void enter(HostGroup next, String fromPath) throws QueryException, IOException {
        group = next;
        rows = SortedRows.open(view, scope, next, fromPath);
        // Not the place of any row, so that the first one is number 0 of its key.
        place = new CdxPlace("", "", 0);
    }
}
