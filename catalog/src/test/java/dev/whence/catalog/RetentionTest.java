package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Retention DAY_AND_THREE =
            new Retention(new RetentionRules(Duration.ofHours(24), 3, Duration.ofHours(24)));

    @Test
    void countsAVersionsAgeFromItsSuccessor() {
        // Version 1 was the newest for a year; it was superseded an hour ago.
        Instant now = START.plus(Duration.ofDays(365));
        var times = Map.of(2L, now.minus(Duration.ofHours(1)), 3L, now, 4L, now);
        assertThat(plan(version(4, 1), times, now).oldestRetained()).isEqualTo(1);
        Instant later = now.plus(Duration.ofHours(23));
        assertThat(plan(version(4, 1), times, later).oldestRetained()).isEqualTo(2);
    }

    @Test
    void keepsTheNewestVersionsHoweverOldTheyAre() {
        Instant now = START.plus(Duration.ofDays(365));
        assertThat(plan(version(9, 1), hourly(9), now).oldestRetained()).isEqualTo(8);
    }

    @Test
    void keepsYoungVersionsHoweverManyThereAre() {
        Instant now = START.plus(Duration.ofHours(30));
        // Superseded at hour 7, that is 23 hours ago: version 6.
        assertThat(plan(version(29, 1), hourly(29), now).oldestRetained()).isEqualTo(6);
    }

    @Test
    void keepsAVersionWhoseSuccessorsTimeIsNotKnown() {
        Map<Long, Instant> times = hourly(9);
        times.remove(5L);
        Instant now = START.plus(Duration.ofDays(365));
        assertThat(plan(version(9, 1), times, now).oldestRetained()).isEqualTo(4);
    }

    @Test
    void neverMovesBack() {
        assertThat(plan(version(9, 8), Map.of(), START).oldestRetained()).isEqualTo(8);
    }

    @Test
    void expiresWhatOnlyUnreadableVersionsName() {
        Instant now = START.plus(Duration.ofDays(365));
        Version base =
                version(
                        9,
                        1,
                        List.of(new Superseded("old", 8), new Superseded("new", 9)),
                        List.of());
        RetirePlan plan =
                DAY_AND_THREE.plan(
                        base, hourly(9), now, List.of(new Superseded("now", 10)), Set.of());
        assertThat(plan.oldestRetained()).isEqualTo(8);
        assertThat(plan.expired()).containsExactly(new Expired("old", now));
        assertThat(plan.superseded())
                .containsExactly(new Superseded("new", 9), new Superseded("now", 10));
    }

    @Test
    void listsExpiredObjectsUntilTheyAreDeleted() {
        var gone = new Expired("gone", START);
        var waits = new Expired("waits", START);
        Version base = version(9, 8, List.of(), List.of(gone, waits));
        RetirePlan plan =
                DAY_AND_THREE.plan(base, Map.of(), START, List.of(), Set.of("gone", "other"));
        assertThat(plan.expired()).containsExactly(waits);
    }

    @Test
    void letsTheGracePassBeforeADeletion() {
        var object = new Expired("key", START);
        assertThat(DAY_AND_THREE.due(object, START.plus(Duration.ofHours(23)))).isFalse();
        assertThat(DAY_AND_THREE.due(object, START.plus(Duration.ofHours(24)))).isTrue();
    }

    @Test
    void expiresAtOnceWhatTheFirstVersionNeverNames() {
        RetirePlan plan = Retention.first(START, List.of(new Superseded("landing", 1)));
        assertThat(plan)
                .isEqualTo(new RetirePlan(1, List.of(), List.of(new Expired("landing", START))));
    }

    @Test
    void refusesRulesThatRetainNothing() {
        assertThatThrownBy(() -> new RetentionRules(Duration.ZERO, 0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetentionRules(Duration.ofHours(-1), 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsTheVersionInTheKeyOfABlock() {
        String id = Block.newId(12, "01jabcdefghjkmnpqrstvwxyz0");
        assertThat(RetentionBlockName.of("index/blocks/" + id + "/members"))
                .contains(new RetentionBlockName(id, 12));
        assertThat(RetentionBlockName.of("index/blocks/12-x/members")).isEmpty();
        assertThat(RetentionBlockName.of("urls/" + id + "/members")).isEmpty();
    }

    private static RetirePlan plan(Version base, Map<Long, Instant> times, Instant now) {
        return DAY_AND_THREE.plan(base, times, now, List.of(), Set.of());
    }

    /** Version n was published at hour n. */
    private static Map<Long, Instant> hourly(int versions) {
        var times = new HashMap<Long, Instant>();
        for (long number = 1; number <= versions; number++) {
            times.put(number, START.plus(Duration.ofHours(number)));
        }
        return times;
    }

    private static Version version(long number, long oldestRetained) {
        return version(number, oldestRetained, List.of(), List.of());
    }

    private static Version version(
            long number, long oldestRetained, List<Superseded> superseded, List<Expired> expired) {
        return new Version(
                Version.FORMAT,
                number,
                START,
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
                superseded,
                expired);
    }
}
