package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TakedownProgressTest {
    private final TakedownProgress twice =
            TakedownProgress.NONE.under(7).purged(3, 10, 0).purged(7, 20, 0);

    @Test
    void keepsWhichRulesWereGoneWhen() {
        assertThat(twice.purges()).containsExactly(new Purge(3, 10), new Purge(7, 20));
        assertThat(twice.purgedRules()).isEqualTo(7);
        assertThat(TakedownProgress.NONE.purgedRules()).isZero();
    }

    @Test
    void ofDeletedVersionsTheNewestPurgeIsEnough() {
        assertThat(twice.purged(8, 30, 15).purges()).hasSize(3);
        assertThat(twice.purged(8, 30, 20).purges())
                .containsExactly(new Purge(7, 20), new Purge(8, 30));
    }

    @Test
    void rowsThatAreLeftOutMoveThePurgeToTheVersionThatWasGivenThem() {
        TakedownProgress later = twice.leftOutIn(25);
        assertThat(later.purges()).containsExactly(new Purge(7, 25));
        assertThat(later.purged(8, 22, 0).purges())
                .as("what was looked through before gave up what held them only in version 25")
                .containsExactly(new Purge(7, 25), new Purge(8, 25));
        assertThat(TakedownProgress.NONE.under(1).leftOutIn(4).purges()).isEmpty();
    }

    @Test
    void whatIsBroughtBackIsLookedForAgain() {
        assertThat(twice.broughtBackIn(30)).isEqualTo(new TakedownProgress(7, 30, List.of()));
    }

    @Test
    void forgetsTheOldestOfTooMany() {
        TakedownProgress progress = TakedownProgress.NONE.under(500);
        for (int at = 1; at <= 500; at++) {
            progress = progress.purged(at, at, 0);
        }
        assertThat(progress.purges()).hasSize(TakedownProgress.MOST_PURGES);
        assertThat(progress.purgedRules()).isEqualTo(500);
    }

    @Test
    void refusesPurgesOutOfOrder() {
        List<Purge> wrong = List.of(new Purge(3, 10), new Purge(3, 11));
        assertThatThrownBy(() -> new TakedownProgress(7, 0, wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot come after");
    }
}
