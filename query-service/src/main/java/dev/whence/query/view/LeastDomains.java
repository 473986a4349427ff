package dev.whence.query.view;

import dev.whence.index.DatasetSelection;
import dev.whence.index.DatasetSets;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.OrdinalPage;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The first names of a set, found by looking at each domain of the set and at no other, however
 * many names lie between. Holds no more names than are wanted. Not thread-safe.
 */
final class LeastDomains {
    private final IndexSnapshot index;
    private final DatasetSets sets;
    private final Predicate<String> range;
    private final int most;
    private final TreeSet<String> least = new TreeSet<>();

    /**
     * None yet.
     *
     * @param range which names may be among them
     * @param most how many, 1 or more
     */
    LeastDomains(IndexSnapshot index, DatasetSets sets, Predicate<String> range, int most) {
        this.index = index;
        this.sets = sets;
        this.range = range;
        this.most = most;
    }

    /** Looks at a part of the set, and takes of it those that are shown. */
    void addAll(DatasetSelection part, Predicate<String> shown) {
        OptionalInt from = OptionalInt.of(0);
        while (from.isPresent()) {
            OrdinalPage page = sets.ordinals(part, from.getAsInt(), DatasetSets.MOST_DOMAINS);
            for (int ordinal : page.ordinals()) {
                String name = index.domain(ordinal);
                if (shown.test(name)) {
                    add(name);
                }
            }
            from = page.next();
        }
    }

    /** One more, if it is in the range and before the last. */
    void add(String name) {
        boolean isBefore = least.size() < most || name.compareTo(least.last()) < 0;
        if (isBefore && range.test(name) && least.add(name) && least.size() > most) {
            least.pollLast();
        }
    }

    /** Those that were found, in their order. */
    NavigableSet<String> names() {
        return least;
    }
}
