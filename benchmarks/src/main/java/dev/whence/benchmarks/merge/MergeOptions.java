package dev.whence.benchmarks.merge;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code [--rows N] [--without whence|duckdb|spark]…}
 *
 * @param rows of the base, 10,000 to 100,000,000
 * @param without contestants left out
 */
public record MergeOptions(int rows, Set<String> without) {
    private static final int DEFAULT_ROWS = 10_000_000;
    private static final int ROWS_A_FILE = 156_250;
    private static final int FEWEST_FILES = 16;
    private static final Set<String> CONTESTANTS = Set.of("whence", "duckdb", "spark");

    /**
     * Options as they were typed.
     *
     * @throws IllegalArgumentException that says what can be asked for
     */
    public static MergeOptions of(List<String> words) {
        int rows = DEFAULT_ROWS;
        var without = new HashSet<String>();
        for (int i = 0; i < words.size(); i += 2) {
            String value = i + 1 < words.size() ? words.get(i + 1) : "";
            switch (words.get(i)) {
                case "--rows" -> rows = rows(value);
                case "--without" -> without.add(contestant(value));
                default -> throw unknown(words.get(i));
            }
        }
        return new MergeOptions(rows, Set.copyOf(without));
    }

    /** 64 for ten million rows, and no fewer than 16. */
    int files() {
        return Math.max(FEWEST_FILES, rows / ROWS_A_FILE);
    }

    boolean with(String contestant) {
        return !without.contains(contestant);
    }

    private static int rows(String value) {
        String digits = value.replaceAll("[_,]", "");
        if (!digits.matches("\\d{5,9}")) {
            throw unknown("--rows " + value);
        }
        int rows = Integer.parseInt(digits);
        if (rows > 100_000_000) {
            throw unknown("--rows " + value);
        }
        return rows;
    }

    private static String contestant(String value) {
        if (!CONTESTANTS.contains(value)) {
            throw unknown("--without " + value);
        }
        return value;
    }

    private static IllegalArgumentException unknown(String what) {
        return new IllegalArgumentException(
                "merge: '%s' is not known; there are --rows N (10000 to 100000000) and --without whence|duckdb|spark"
                        .formatted(what));
    }
}
