package dev.whence.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/**
 * The domains of a prefix in the order of their bytes, through all generations side by side, those
 * of a set picked out. It looks at a bounded number of domains for a page.
 */
final class DomainScan {

    private static final Comparator<Head> ORDER =
            (a, b) -> Arrays.compareUnsigned(a.domain, b.domain);

    private final PriorityQueue<Head> heads = new PriorityQueue<>(ORDER);
    private long domains;

    DomainScan(List<Generation> generations, DomainRange range) {
        for (Generation generation : generations) {
            Dictionary dictionary = generation.dictionary();
            Dictionary.Range ranks = range.ranks(dictionary);
            if (ranks.from() < ranks.to()) {
                domains += ranks.to() - ranks.from();
                push(new Head(generation, dictionary.cursor(ranks.from()), ranks.to()));
            }
        }
    }

    /** How many domains there are to look at. */
    long domains() {
        return domains;
    }

    /**
     * The next of them that are in the set.
     *
     * @param limit at most so many
     * @param steps how many domains are looked at before the page ends without them
     */
    DomainPage page(IntPredicate set, int limit, int steps) {
        List<String> found = new ArrayList<>();
        Optional<String> last = Optional.empty();
        for (int step = 0; step < steps && found.size() < limit && !heads.isEmpty(); step++) {
            Head head = heads.remove();
            boolean selected = set.test(head.ordinal());
            if (selected) {
                found.add(head.name());
            }
            boolean full = step == steps - 1 || found.size() == limit;
            last = full ? Optional.of(head.name()) : last;
            push(head);
        }
        return new DomainPage(found, heads.isEmpty() ? Optional.empty() : last);
    }

    private void push(Head head) {
        if (head.next()) {
            heads.add(head);
        }
    }

    private static final class Head {
        private final Generation generation;
        private final Dictionary.Cursor cursor;
        private final int end;
        private byte[] domain = {};

        Head(Generation generation, Dictionary.Cursor cursor, int end) {
            this.generation = generation;
            this.cursor = cursor;
            this.end = end;
        }

        boolean next() {
            if (!cursor.next() || cursor.rank() >= end) {
                return false;
            }
            domain = cursor.domain();
            return true;
        }

        int ordinal() {
            return generation.ordinalOf(cursor.rank());
        }

        String name() {
            return new DomainKey(domain).toString();
        }
    }
}
