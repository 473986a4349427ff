package dev.whence.merge;

import java.time.Duration;

/**
 * Limits and taste of a merge.
 *
 * @param threads files planned and rewritten at a time, 1 to 64
 * @param pruning the last step of pruning that is taken; those before it are taken too
 * @param planningTime after which no more metadata is read: what is unknown by then counts as
 *     affected
 * @param fullFrom {@code auto} falls back to full from this share of the target's bytes on, 0 to 1
 * @param memoryBytes what one thread may hold of decoded rows, 16 MiB to 4 GiB
 */
public record MergeSettings(
        int threads, Pruning pruning, Duration planningTime, double fullFrom, long memoryBytes) {
    public static final MergeSettings DEFAULT =
            new MergeSettings(2, Pruning.KEYS, Duration.ofMinutes(10), 0.8, 128L << 20);

    /** Steps of pruning, in their order. */
    public enum Pruning {
        NONE,
        PARTITIONS,
        STATISTICS,
        BLOOM_FILTERS,
        COLUMN_INDEXES,
        KEYS
    }

    public MergeSettings {
        check("threads", threads >= 1 && threads <= 64, "1 to 64", threads);
        check("planningTime", !planningTime.isNegative(), "zero or more", planningTime);
        check("fullFrom", fullFrom >= 0 && fullFrom <= 1, "0 to 1", fullFrom);
        check(
                "memoryBytes",
                memoryBytes >= 16L << 20 && memoryBytes <= 4L << 30,
                "16 MiB to 4 GiB",
                memoryBytes);
    }

    private static void check(String name, boolean holds, String bounds, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s is %s, must be %s".formatted(name, value, bounds));
        }
    }
}
