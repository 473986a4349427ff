package dev.whence.benchmarks;

import dev.whence.index.FoundDomain;
import dev.whence.index.IndexSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a contest asks for: known domains at random, their ordinals, and as many that nobody knows.
 */
final class AskedDomains {
    private static final int BATCH = 10_000;
    private static final int PREFIX_LETTERS = 5;
    private static final int PAGE = 10;

    private final List<String> known = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final int[] ordinals;

    AskedDomains(IndexSnapshot index, int count, long seed) {
        ordinals = new SplittableRandom(seed).ints(count, 0, index.domains()).toArray();
        for (int ordinal : ordinals) {
            String domain = index.domain(ordinal);
            known.add(domain);
            unknown.add(domain.substring(0, domain.length() - 1) + "~");
        }
    }

    long hits(IndexSnapshot index) {
        return sum(index, known);
    }

    long misses(IndexSnapshot index) {
        return sum(index, unknown);
    }

    /** Datasets of all known domains, one domain after the other. */
    long datasets(IndexSnapshot index) {
        long datasets = 0;
        for (String domain : known) {
            datasets += index.datasetsOf(index.ordinalOf(domain)).size();
        }
        return datasets;
    }

    /** The same in batches. */
    long batches(IndexSnapshot index, int threads) {
        long datasets = 0;
        for (int from = 0; from < known.size(); from += BATCH) {
            List<String> batch = known.subList(from, Math.min(known.size(), from + BATCH));
            for (FoundDomain found : index.find(batch, threads)) {
                datasets += found.datasets().size();
            }
        }
        return datasets;
    }

    /** Compares all that is asked with the domains' own ordinals and with the made members. */
    void verify(IndexSnapshot index, IndexSnapshot byHash, List<TermsPeer> peers) throws Exception {
        for (int i = 0; i < ordinals.length; i++) {
            expect(index, ordinals[i], index.ordinalOf(known.get(i)));
            expect(byHash, ordinals[i], byHash.ordinalOf(known.get(i)));
            expect(index, -1, index.ordinalOf(unknown.get(i)));
            for (TermsPeer peer : peers) {
                if (i < peer.asked()) {
                    expect(peer.name(), ordinals[i], peer.find(known.get(i)));
                    expect(peer.name(), -1, peer.find(unknown.get(i)));
                }
            }
        }
        for (int from = 0; from < known.size(); from += BATCH) {
            int to = Math.min(known.size(), from + BATCH);
            List<FoundDomain> found = index.find(known.subList(from, to), 2);
            for (int i = from; i < to; i++) {
                expect(
                        "a batch",
                        new FoundDomain(ordinals[i], MadeMembers.of(ordinals[i])),
                        found.get(i - from));
            }
        }
    }

    private static void expect(Object who, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new IllegalStateException(
                    "%s: expected %s, found %s".formatted(who, expected, found));
        }
    }

    long pages(IndexSnapshot index) {
        long sum = 0;
        for (String domain : known) {
            sum += index.prefix(prefix(domain), "", PAGE).size();
        }
        return sum;
    }

    long names(IndexSnapshot index) {
        long sum = 0;
        for (int ordinal : ordinals) {
            sum += index.domain(ordinal).length();
        }
        return sum;
    }

    long hits(TermsPeer peer) throws Exception {
        return sum(peer, known);
    }

    long misses(TermsPeer peer) throws Exception {
        return sum(peer, unknown);
    }

    long pages(TermsPeer peer) throws Exception {
        long sum = 0;
        for (String domain : known.subList(0, peer.asked())) {
            sum += peer.prefix(prefix(domain), PAGE);
        }
        return sum;
    }

    private static long sum(IndexSnapshot index, List<String> domains) {
        long sum = 0;
        for (String domain : domains) {
            sum += index.ordinalOf(domain);
        }
        return sum;
    }

    private static long sum(TermsPeer peer, List<String> domains) throws Exception {
        long sum = 0;
        for (String domain : domains.subList(0, peer.asked())) {
            sum += peer.find(domain);
        }
        return sum;
    }

    private static String prefix(String domain) {
        return domain.substring(0, Math.min(PREFIX_LETTERS, domain.length()));
    }
}
