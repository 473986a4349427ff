package dev.whence.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** A page of the domains that begin with a prefix, of all generations in one order. */
final class PrefixPage {

    static final int MOST_DOMAINS = 10_000;

    private PrefixPage() {}

    static List<IndexedDomain> of(
            List<Generation> generations, String prefix, String after, int limit) {
        if (limit < 1 || limit > MOST_DOMAINS) {
            throw new IllegalArgumentException(
                    "A page has 1 to %,d domains: %d".formatted(MOST_DOMAINS, limit));
        }
        Optional<DomainKey> begin = DomainKey.find(prefix);
        if (begin.isEmpty() && !prefix.isEmpty()) {
            return List.of();
        }
        Optional<DomainKey> last =
                after.isEmpty() ? Optional.empty() : Optional.of(DomainKey.of(after));
        PriorityQueue<Head> heads = new PriorityQueue<>(Head.ORDER);
        for (Generation generation : generations) {
            Head head = new Head(generation, begin, last);
            if (head.advance()) {
                heads.add(head);
            }
        }
        List<IndexedDomain> page = new ArrayList<>();
        while (!heads.isEmpty() && page.size() < limit) {
            Head least = heads.remove();
            page.add(least.entry());
            if (least.advance()) {
                heads.add(least);
            }
        }
        return List.copyOf(page);
    }

    /** A generation's place in the page. */
    private static final class Head {
        static final Comparator<Head> ORDER = (a, b) -> Arrays.compareUnsigned(a.domain, b.domain);

        private final Generation generation;
        private final Dictionary.Cursor cursor;
        private final Optional<DomainKey> prefix;
        private byte[] domain = {};

        Head(Generation generation, Optional<DomainKey> prefix, Optional<DomainKey> after) {
            this.generation = generation;
            this.prefix = prefix;
            Dictionary dictionary = generation.dictionary();
            // Only one of both is searched for: the other is below it.
            boolean afterBegin =
                    after.isPresent()
                            && (prefix.isEmpty() || after.get().compareTo(prefix.get()) >= 0);
            int from =
                    afterBegin
                            ? dictionary.ranksUpTo(after.get())
                            : prefix.map(dictionary::ceiling).orElse(0);
            this.cursor = dictionary.cursor(from);
        }

        boolean advance() {
            if (!cursor.next()) {
                return false;
            }
            domain = cursor.domain();
            return prefix.isEmpty() || new DomainKey(domain).beginsWith(prefix.get());
        }

        IndexedDomain entry() {
            return new IndexedDomain(
                    new DomainKey(domain).toString(), generation.ordinalOf(cursor.rank()));
        }
    }
}
