package dev.whence.query.view;

import dev.whence.index.DatasetSelection;
import dev.whence.index.DatasetSets;
import dev.whence.query.QueryException;
import dev.whence.query.view.MaskedHoldings.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The names of a set of which something may be hidden. They are gone over in their order, in ever
 * larger pages, as long as that is less work than to look at each domain of the set; then that is
 * done: however few of many names are in the set, or shown of it, the work follows the set.
 */
final class ShownNames {
    /** So many names the index looks at for a page, at the most. */
    private static final long PAGE_STEPS = 200_000;

    /** So many times as large as the page before is a page that makes up for masked names. */
    private static final int GROWTH = 8;

    private final View view;
    private final DatasetSets sets;
    private final SetQuestion question;
    private final String prefix;
    private long size = -1;

    /**
     * Those of a set.
     *
     * @param prefix what they begin with; empty for all
     */
    ShownNames(View view, DatasetSets sets, SetQuestion question, String prefix) {
        this.view = view;
        this.sets = sets;
        this.question = question;
        this.prefix = prefix;
    }

    /**
     * The first names above one.
     *
     * @param wanted so many, if there are, or some more; 1 or more
     */
    List<String> after(String after, int wanted) throws QueryException, IOException {
        var names = new ArrayList<String>();
        Optional<String> next = Optional.of(after);
        int most = Math.min(wanted, DatasetSets.MOST_DOMAINS);
        long steps = 0;
        while (names.size() < wanted && next.isPresent()) {
            if (steps >= PAGE_STEPS && steps >= size()) {
                names.addAll(least(next.get(), wanted - names.size()));
                break;
            }
            DomainNamesPage page = new DisjointParts(sets, question).page(prefix, next.get(), most);
            names.addAll(shown(page, next.get()));
            // Only a page that is short went as far as one may go.
            steps += page.domains().size() == most ? most : PAGE_STEPS;
            most = Math.min(most * GROWTH, DatasetSets.MOST_DOMAINS);
            next = page.next();
        }
        return List.copyOf(names);
    }

    private long size() {
        if (size < 0) {
            size = DisjointParts.count(sets, question);
        }
        return size;
    }

    /** A page of the index, masked ones put right. */
    private Collection<String> shown(DomainNamesPage page, String after)
            throws QueryException, IOException {
        NavigableMap<String, Change> masked = view.masked().changes().tailMap(after, false);
        if (page.next().isPresent()) {
            masked = masked.headMap(page.next().get(), true);
        }
        var names = new TreeSet<>(page.domains());
        masked.forEach((name, change) -> {
            names.remove(name);
            if (name.startsWith(prefix) && isShown(change)) {
                names.add(name);
            }
        });
        return names;
    }

    /** The first of them, found by looking at all of the set. */
    private Collection<String> least(String after, int most) throws QueryException, IOException {
        Map<String, Change> masked = view.masked().changes();
        var least =
                new LeastDomains(
                        view.index(),
                        sets,
                        name -> name.startsWith(prefix) && name.compareTo(after) > 0,
                        most);
        for (DatasetSelection part : DisjointParts.of(question)) {
            least.addAll(part, name -> !masked.containsKey(name));
        }
        masked.forEach((name, change) -> {
            if (isShown(change)) {
                least.add(name);
            }
        });
        return least.names();
    }

    private boolean isShown(Change change) {
        return question.matches(change.shown().keySet());
    }
}
