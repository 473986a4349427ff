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
import java.util.Optional;
import java.util.TreeSet;

/**
 * The names of a set of which something may be hidden. They are gone over in their order as long as
 * that is less work than to look at each domain of the set; then that is done: however few of many
 * names are in the set, or shown of it, the work follows the set.
 */
final class ShownNames {
    /** So many names the index looks at for a page, at the most. */
    private static final long PAGE_STEPS = 200_000;

    private final View view;
    private final DatasetSets sets;
    private final SetQuestion question;
    private final String prefix;

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
     * @param wanted so many, if there are; 1 or more
     */
    List<String> after(String after, int wanted) throws QueryException, IOException {
        var names = new ArrayList<String>();
        Optional<String> next = Optional.of(after);
        long size = -1;
        for (long steps = PAGE_STEPS;
                names.size() < wanted && next.isPresent();
                steps += PAGE_STEPS) {
            int most = Math.min(wanted - names.size(), DatasetSets.MOST_DOMAINS);
            DomainNamesPage some = some(next.get(), most);
            names.addAll(some.domains());
            next = some.next();
            if (names.size() < wanted && next.isPresent()) {
                size = size < 0 ? DisjointParts.count(sets, question) : size;
                if (steps >= size) {
                    names.addAll(least(next.get(), wanted - names.size()));
                    next = Optional.empty();
                }
            }
        }
        return List.copyOf(names);
    }

    /** Some of them, masked ones put right; more come as long as there is a next. */
    private DomainNamesPage some(String after, int limit) throws QueryException, IOException {
        DomainNamesPage page = new DisjointParts(sets, question).page(prefix, after, limit);
        Map<String, Change> masked = view.masked().changes();
        var names = new TreeSet<>(page.domains());
        names.removeIf(name -> masked.containsKey(name) && !isShown(masked.get(name)));
        masked.forEach((name, change) -> {
            boolean inRange =
                    name.startsWith(prefix)
                            && name.compareTo(after) > 0
                            && page.next().filter(next -> name.compareTo(next) > 0).isEmpty();
            if (inRange && isShown(change)) {
                names.add(name);
            }
        });
        return new DomainNamesPage(List.copyOf(names), page.next()).cutTo(limit);
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
