package dev.whence.indexer.config;

import java.time.Duration;

/**
 * Refuses settings out of their range at the start, by their names. What a rhythm or a deletion
 * stands on is bounded here, at the edge, where tests that hurry need not come by; the rest where
 * it is used.
 */
final class SettingsCheck {
    private static final long TIB = 1L << 40;
    private static final Duration TEN_YEARS = Duration.ofDays(3_650);

    private SettingsCheck() {}

    static void check(IndexerConfig config) {
        Duration millisecond = Duration.ofMillis(1);
        Duration minute = Duration.ofMinutes(1);
        Duration hour = Duration.ofHours(1);
        Duration day = Duration.ofDays(1);
        Duration look = Duration.ofMillis(10);
        duration("poll-interval", config.pollInterval(), millisecond, hour);
        duration("max-attempt", config.maxAttempt(), minute, Duration.ofDays(30));
        duration("retire-interval", config.retireInterval(), look, day);
        duration("orphan-interval", config.orphanInterval(), look, Duration.ofDays(7));
        duration("orphan-safety-age", config.orphanSafetyAge(), Duration.ZERO, TEN_YEARS);
        duration("part-expiry", config.partExpiry(), millisecond, TEN_YEARS);
        duration("retention-age", config.retentionAge(), minute, TEN_YEARS);
        duration("grace", config.grace(), minute, TEN_YEARS);
        number("retention-versions", config.retentionVersions(), 1, 1_000_000);
        number("publish-entries", config.publishEntries(), 1, 1_000_000);
        config.publishRows().ifPresent(rows -> number("publish-rows", rows, 1, 1_000_000_000));
        number("publish-bytes", config.publishBytes(), 1, TIB);
        number("merge.at-once-bytes", config.merge().atOnceBytes(), 0, TIB);
        CompactionConfig compaction = config.compaction();
        duration("compaction.interval", compaction.interval(), millisecond, day);
        duration("compaction.publish-interval", compaction.publishInterval(), Duration.ZERO, day);
        number("compaction.run-bytes", compaction.runBytes(), 2 << 10, TIB);
    }

    private static void number(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw outOfRange(name, value, least, most);
        }
    }

    private static void duration(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw outOfRange(name, value, least, most);
        }
    }

    private static IllegalArgumentException outOfRange(
            String name, Object value, Object least, Object most) {
        return new IllegalArgumentException(
                "whence.indexer.%s is %s to %s, not %s".formatted(name, least, most, value));
    }
}
