package dev.whence.benchmarks;

import dev.whence.index.IndexSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** In batches, each sorted before it is asked. */
    long batches(IndexSnapshot index) {
        long sum = 0;
        for (int from = 0; from < known.size(); from += BATCH) {
            String[] batch =
                    known.subList(from, Math.min(known.size(), from + BATCH))
                            .toArray(String[]::new);
            Arrays.sort(batch);
            sum += sum(index, Arrays.asList(batch));
        }
        return sum;
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
