package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Retention DAY_AND_THREE =
            new Retention(new RetentionRules(Duration.ofHours(24), 3, Duration.ofHours(24)));

    @Test
    void countsAVersionsAgeFromItsSuccessor() throws IOException {
        // Version 1 was the newest for a year; it was superseded an hour ago.
        Instant now = START.plus(Duration.ofDays(365));
        var times = Map.of(2L, now.minus(Duration.ofHours(1)), 3L, now, 4L, now);
        assertThat(oldestRetained(version(4, 1, 0), times, now)).isEqualTo(1);
        Instant later = now.plus(Duration.ofHours(23));
        assertThat(oldestRetained(version(4, 1, 0), times, later)).isEqualTo(2);
    }

    @Test
    void keepsTheNewestVersionsHoweverOldTheyAre() throws IOException {
        Instant now = START.plus(Duration.ofDays(365));
        assertThat(oldestRetained(version(9, 1, 0), hourly(9), now)).isEqualTo(8);
    }

    @Test
    void keepsYoungVersionsHoweverManyThereAre() throws IOException {
        Instant now = START.plus(Duration.ofHours(30));
        // Superseded at hour 7, that is 23 hours ago: version 6.
        assertThat(oldestRetained(version(29, 1, 0), hourly(29), now)).isEqualTo(6);
    }

    @Test
    void keepsAVersionWhoseSuccessorsTimeIsNotKnown() throws IOException {
        Map<Long, Instant> times = hourly(9);
        times.remove(8L);
        Instant now = START.plus(Duration.ofDays(365));
        assertThat(oldestRetained(version(9, 1, 0), times, now)).isEqualTo(7);
    }

    @Test
    void neverMovesBack() throws IOException {
        assertThat(oldestRetained(version(9, 8, 0), Map.of(), START)).isEqualTo(8);
    }

    @Test
    void retainsOnlyTheNextWhereNothingElseIsAskedFor() throws IOException {
        var rules = new RetentionRules(Duration.ZERO, 1, Duration.ZERO);
        assertThat(
                        new Retention(rules)
                                .oldestRetained(
                                        version(9, 1, 0),
                                        hourly(9)::get,
                                        START.plus(Duration.ofHours(10))))
                .isEqualTo(10);
    }

    @Test
    void findsTheAnswerThatAWalkWouldFind() throws IOException {
        for (int versions = 3; versions <= 40; versions++) {
            for (int hours = 20; hours <= 70; hours++) {
                Instant now = START.plus(Duration.ofHours(hours));
                long walked = 1;
                while (walked <= versions + 1 - 3
                        && !START.plus(Duration.ofHours(walked + 1 + 24)).isAfter(now)) {
                    walked++;
                }
                assertThat(oldestRetained(version(versions, 1, 0), hourly(versions), now))
                        .isEqualTo(walked);
            }
        }
    }

    @Test
    void looksAtFewVersionsHoweverManyThereAre() throws IOException {
        int versions = 100_000;
        Instant now = START.plusSeconds(versions);
        var looks = new AtomicInteger();
        Retention.Times times =
                number -> {
                    looks.incrementAndGet();
                    return START.plusSeconds(number);
                };
        // One publish a second: in every publish one version leaves.
        DAY_AND_THREE.oldestRetained(version(versions, versions - 86_401, 0), times, now);
        assertThat(looks).hasValueLessThanOrEqualTo(3);
        looks.set(0);
        assertThat(DAY_AND_THREE.oldestRetained(version(versions, 1, 0), times, now))
                .isEqualTo(versions - 86_400);
        assertThat(looks).hasValueLessThanOrEqualTo(40);
    }

    @Test
    void letsTheGracePassBeforeADeletion() throws IOException {
        Instant now = START.plus(Duration.ofHours(30));
        // Version 6 was published 24 hours ago, version 7 23 hours ago.
        assertThat(DAY_AND_THREE.graceEnded(version(9, 8, 2), hourly(9)::get, now)).isEqualTo(6);
        assertThat(DAY_AND_THREE.graceEnded(version(9, 8, 7), hourly(9)::get, now)).isEqualTo(7);
    }

    @Test
    void refusesRulesThatRetainNothing() {
        assertThatThrownBy(() -> new RetentionRules(Duration.ZERO, 0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetentionRules(Duration.ofHours(-1), 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static long oldestRetained(Version base, Map<Long, Instant> times, Instant now)
            throws IOException {
        return DAY_AND_THREE.oldestRetained(base, times::get, now);
    }

    /** Version n was published at hour n. */
    private static Map<Long, Instant> hourly(int versions) {
        var times = new HashMap<Long, Instant>();
        for (long number = 1; number <= versions; number++) {
            times.put(number, START.plus(Duration.ofHours(number)));
        }
        return times;
    }

    private static Version version(long number, long oldestRetained, long deletedUpTo) {
        return new Version(
                Version.FORMAT,
                number,
                START.plus(Duration.ofHours(number)),
                "writer",
                1,
                "2026-01-01",
                List.of(),
                List.of(),
                new Block("table", List.of()),
                List.of(),
                List.of(),
                new Version.Counts(0, 0, 0, 0),
                0,
                oldestRetained,
                deletedUpTo,
                List.of(),
                List.of());
    }
}
