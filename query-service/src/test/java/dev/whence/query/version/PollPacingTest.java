package dev.whence.query.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.query.Seed;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollPacingTest {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final FollowStep FAILED = new FollowStep.Failed(new IOException("down"));
    private static final FollowStep UNCHANGED = new FollowStep.Unchanged();

    @Test
    void looksAboutOnceAnIntervalNeverInStep() {
        var pacing = new PollPacing(INTERVAL, Seed.random("looksAboutOnceAnInterval"));
        var waits = java.util.stream.Stream.generate(() -> pacing.after(UNCHANGED)).limit(100);
        assertThat(waits.distinct().toList())
                .hasSizeGreaterThan(10)
                .allSatisfy(wait ->
                        assertThat(wait)
                                .isBetween(Duration.ofMillis(750), Duration.ofMillis(1_250)));
    }

    @Test
    void waitsLongerAfterEachFailureUpToAMinuteAndForgetsThemAll() {
        var pacing = new PollPacing(INTERVAL, Seed.random("waitsLongerAfterEachFailure"));
        assertThat(pacing.after(FAILED))
                .isBetween(Duration.ofMillis(1_500), Duration.ofMillis(2_500));
        assertThat(pacing.after(FAILED))
                .isBetween(Duration.ofMillis(3_000), Duration.ofMillis(5_000));
        for (int i = 0; i < 100; i++) {
            assertThat(pacing.after(FAILED)).isLessThanOrEqualTo(Duration.ofSeconds(75));
        }
        assertThat(pacing.after(UNCHANGED)).isLessThanOrEqualTo(Duration.ofMillis(1_250));
    }
}
