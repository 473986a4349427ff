package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.indexer.Landings.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose clock is set forward or back by days while it publishes. */
class ClockJumpTest {
    private static final Duration JUMP = Duration.ofDays(30);

    private static final CompactionSettings PUTTING_TOGETHER =
            new CompactionSettings(128 << 20, 3, 10, 1 << 30, Duration.ofSeconds(10));

    @TempDir Path directory;
    private Fixture fixture;
    private int batches;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(directory, 1);
    }

    @Test
    void publishesInTheOrderOfTimesAfterItWasSetBack() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            publish(indexer, 2);
            Instant before = fixture.newest().publishedAt();
            fixture.clock.advance(JUMP.negated());
            publish(indexer, 3);
            assertThat(fixture.newest().publishedAt()).isEqualTo(before);
            assertThat(indexer.retire()).isZero();
        }
        fixture.assertExact();
    }

    @Test
    void takesInWhatWasPutTogetherAfterItWasSetBack() throws IOException {
        IndexerSettings settings = CompactionTest.settings(PUTTING_TOGETHER);
        try (Indexer indexer = fixture.indexer(fixture.store, settings)) {
            putTogether(indexer);
            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
            fixture.clock.advance(JUMP.negated());
            putTogether(indexer);
            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
        }
        fixture.assertExact();
    }

    /** Readers may stand at any of the versions that are kept whatever their age. */
    @Test
    void keepsTheNewestVersionsWholeHoweverOftenItIsSetForward() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            for (int jump = 0; jump < 6; jump++) {
                publish(indexer, 3);
                fixture.clock.advance(JUMP);
                indexer.retire();
                long newest = fixture.newest().number();
                long oldest = newest - Fixture.RETENTION.versions() + 1;
                assertThat(fixture.newest().oldestRetained()).isLessThanOrEqualTo(oldest);
                for (long number = oldest; number <= newest; number++) {
                    fixture.open(fixture.versions.read(number).orElseThrow()).close();
                }
            }
            assertThat(fixture.newest().deletedUpTo()).as("it deletes at all").isPositive();
        }
        fixture.assertExact();
    }

    /** A batch of a source that must be whole waits by the clock: see docs/reliability.md. */
    @Test
    void theLogIsTakenInOnceWhateverTheClockSays() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            for (int day = 0; day < 8; day++) {
                publish(indexer, 1);
                fixture.clock.advance(day % 2 == 0 ? JUMP : JUMP.negated().multipliedBy(2));
            }
        }
        fixture.assertExact();
    }

    private void putTogether(Indexer indexer) throws IOException {
        publish(indexer, 3);
        assertThat(indexer.compactOnce().isEmpty()).isFalse();
    }

    private void publish(Indexer indexer, int versions) throws IOException {
        for (int version = 0; version < versions; version++) {
            batches++;
            fixture.landings.commit(
                    0,
                    Batch.insert("c4", "http://a.example/" + batches, "http://b.example/"),
                    Batch.append("pile", "http://a.example/"));
            fixture.publishAll(indexer);
        }
    }
}
