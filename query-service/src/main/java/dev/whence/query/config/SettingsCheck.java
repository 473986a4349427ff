package dev.whence.query.config;

import java.time.Duration;

/** Refuses settings out of their range at the start, by their names. */
public final class SettingsCheck {
    private SettingsCheck() {}

    /** Refuses the first that is out of its range; the message names it. */
    public static void check(QueryConfig settings) {
        duration(
                "poll-interval",
                settings.pollInterval(),
                Duration.ofMillis(10),
                Duration.ofHours(1));
        duration("max-lag", settings.maxLag(), Duration.ofSeconds(1), Duration.ofDays(3_650));
        duration(
                "access-interval",
                settings.accessInterval(),
                Duration.ofMillis(10),
                Duration.ofSeconds(4));
        duration(
                "access-max-age",
                settings.accessMaxAge(),
                Duration.ofSeconds(10),
                Duration.ofDays(1));
        duration("page-patience", settings.pagePatience(), Duration.ZERO, Duration.ofMinutes(10));
        duration("heavy-patience", settings.heavyPatience(), Duration.ZERO, Duration.ofMinutes(10));
        duration("answer-time", settings.answerTime(), Duration.ofSeconds(1), Duration.ofHours(1));
        duration("export-time", settings.exportTime(), Duration.ofSeconds(1), Duration.ofDays(1));
        duration(
                "export-stall", settings.exportStall(), Duration.ofSeconds(1), Duration.ofHours(1));
        number("exports", settings.exports(), 1, 1_000);
        number("heavy-calls", settings.heavyCalls(), 1, 1_000);
        number("older-versions", settings.olderVersions(), 0, 1_000);
        settings.openFileBytes()
                .ifPresent(bytes -> number("open-file-bytes", bytes, 1 << 20, 64L << 30));
        number("located-runs", settings.locatedRuns(), 1, 10_000_000);
        settings.pageReads().ifPresent(reads -> number("page-reads", reads, 1, 10_000));
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
                "whence.query.%s is from %s to %s, not %s".formatted(name, least, most, value));
    }
}
