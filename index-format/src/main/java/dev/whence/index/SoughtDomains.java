package dev.whence.index;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Domains that are looked up together. A lookup is little work and some ten reads of memory that
 * wait for each other. So each step is done for a group of domains before the next step: their
 * reads then run side by side. Steps go through the domains in the order of what they look at, so
 * that neighbours share pages. Not thread-safe.
 */
final class SoughtDomains {

    static final int MOST_DOMAINS = 10_000;

    /** Fewer are not worth a thread. */
    static final int SHARE = 1_000;

    /** Enough for reads to overlap, few enough for what they bring to be still in the cache. */
    static final int GROUP = 64;

    /** For the place of a domain among those that were asked for, below what they are sorted by. */
    private static final int PLACE_BITS = 14;

    private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;

    private final @Nullable DomainKey[] keys;
    private final long[] hashes;
    private final int[] ordinals;

    SoughtDomains(List<String> wanted) {
        int count = wanted.size();
        keys = new DomainKey[count];
        hashes = new long[count];
        ordinals = new int[count];
        for (int i = 0; i < count; i++) {
            DomainKey key = DomainKey.find(wanted.get(i)).orElse(null);
            keys[i] = key;
            hashes[i] = key == null ? 0 : key.hash();
            ordinals[i] = -1;
        }
    }

    /** Those that may be somewhere and were not found yet, in about the order of their bytes. */
    int[] places(LongPredicate mayHold) {
        long[] sorted = new long[keys.length];
        int count = 0;
        for (int i = 0; i < keys.length; i++) {
            DomainKey key = keys[i];
            if (key != null && ordinals[i] < 0 && mayHold.test(hashes[i])) {
                sorted[count++] = (key.prefix() & ~PLACE_MASK) | i;
            }
        }
        return places(sorted, count);
    }

    DomainKey domain(int place) {
        return Objects.requireNonNull(keys[place]);
    }

    long hash(int place) {
        return hashes[place];
    }

    void found(int place, int ordinal) {
        ordinals[place] = ordinal;
    }

    /**
     * Sets the answers, in the order of the questions.
     *
     * @param answers where they belong, from {@code first} on
     */
    void answer(List<Segment> segments, FoundDomain[] answers, int first) {
        long[] sorted = new long[keys.length];
        int count = 0;
        for (int i = 0; i < keys.length; i++) {
            if (ordinals[i] >= 0) {
                sorted[count++] = ((long) ordinals[i] << PLACE_BITS) | i;
            }
        }
        int[] places = places(sorted, count);
        Arrays.fill(answers, first, first + keys.length, FoundDomain.UNKNOWN);
        DatasetSums[] sums = new DatasetSums[GROUP];
        Arrays.setAll(sums, _ -> new DatasetSums());
        for (int from = 0; from < count; from += GROUP) {
            int size = Math.min(GROUP, count - from);
            int[] group = new int[size];
            for (int i = 0; i < size; i++) {
                group[i] = ordinals[places[from + i]];
                sums[i].clear();
            }
            for (Segment segment : segments) {
                segment.members().addTo(sums, group);
            }
            for (int i = 0; i < size; i++) {
                answers[first + places[from + i]] = new FoundDomain(group[i], sums[i].counts());
            }
        }
    }

    private static int[] places(long[] sorted, int count) {
        Arrays.sort(sorted, 0, count);
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[i] = (int) sorted[i] & PLACE_MASK;
        }
        return places;
    }
}
