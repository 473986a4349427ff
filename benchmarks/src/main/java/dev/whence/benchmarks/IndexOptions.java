package dev.whence.benchmarks;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code [--domains N] [--without lucene|duckdb]…}
 *
 * @param domains to be made, 10,000 to 200,000,000
 * @param without peers left out
 */
record IndexOptions(int domains, Set<String> without) {
    private static final int DEFAULT_DOMAINS = 1_000_000;
    private static final int MOST_DOMAINS = 200_000_000;
    private static final Set<String> PEERS = Set.of("lucene", "duckdb");

    /**
     * @throws IllegalArgumentException that says what can be asked for
     */
    static IndexOptions of(List<String> words) {
        int domains = DEFAULT_DOMAINS;
        var without = new HashSet<String>();
        for (int i = 0; i < words.size(); i += 2) {
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            switch (words.get(i)) {
                case "--domains" -> domains = domains(value);
                case "--without" -> without.add(peer(value));
                default -> throw unknown(words.get(i));
            }
        }
        return new IndexOptions(domains, Set.copyOf(without));
    }

    boolean with(String peer) {
        return !without.contains(peer);
    }

    static int domains(String value) {
        String digits = value.replaceAll("[_,]", "").replaceAll("M$", "000000");
        if (!digits.matches("\\d{5,9}") || Integer.parseInt(digits) > MOST_DOMAINS) {
            throw unknown("--domains " + value);
        }
        return Integer.parseInt(digits);
    }

    private static String peer(String value) {
        if (!PEERS.contains(value)) {
            throw unknown("--without " + value);
        }
        return value;
    }

    private static IllegalArgumentException unknown(String what) {
        return new IllegalArgumentException(
                "'%s' is not known; there are --domains N (10000 to %d, or 1M, 10M, 100M) and --without lucene|duckdb"
                        .formatted(what, MOST_DOMAINS));
    }
}
