package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.access.Takedown;
import dev.whence.access.Takedown.Scope;
import dev.whence.access.TakedownState;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.Strategy;
import dev.whence.indexer.Landings.Batch;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is said to be gone while a queue, or a source that is not whole, holds it. */
class PurgeWhileWaitingTest {
    @TempDir Path directory;

    private Fixture fixture;
    private Rulings rulings;

    @BeforeEach
    void landSomething() throws IOException {
        fixture = new Fixture(directory, 1);
        rulings = new Rulings(fixture);
        fixture.landings.commit(
                0,
                Batch.insert(
                        "c4",
                        "http://a.example/private/1",
                        "http://a.example/public",
                        "http://b.example/"),
                Batch.append("pile", "http://a.example/private/1", "http://a.example/private/2"));
    }

    @Test
    void aTakedownIsNotGoneAsLongAsAQueueOrAWaitingPartHoldsIt() throws IOException {
        try (Indexer indexer = fixture.indexer(fixture.store, Fixture.queueing())) {
            fixture.publishAll(indexer);
            fixture.landings.commit(
                    0,
                    Batch.of("c4", Strategy.UPSERT, "http://a.example/queued 1"),
                    Batch.part("pile", Strategy.FULL_MERGE, 0, false, "http://a.example/part"));
            indexer.publishOnce();
            Takedown takedown = rulings.takeDown(Scope.DOMAIN, "a.example");
            for (int round = 0; round < 4; round++) {
                indexer.purgeOnce();
                indexer.publishOnce();
            }
            assertThat(rulings.state(takedown)).isEqualTo(new TakedownState.Masked());
            fixture.publishAll(indexer);
            indexer.purgeOnce();
            indexer.publishOnce();
            assertThat(rulings.state(takedown)).isEqualTo(new TakedownState.Masked());
            fixture.landings.commit(
                    0, Batch.part("pile", Strategy.FULL_MERGE, 1, true, "http://p.example/"));
            fixture.purgeAll(indexer);
            assertThat(rulings.state(takedown)).isInstanceOf(TakedownState.Purged.class);
        }
        rulings.assertGone();
        fixture.assertNoOrphans();
    }

    @Test
    void whatBeginsToWaitAfterwardsMakesItMaskedAgainUntilItActed() throws IOException {
        try (Indexer indexer = fixture.indexer(fixture.store, Fixture.queueing())) {
            fixture.publishAll(indexer);
            Takedown takedown = rulings.takeDown(Scope.URL_PREFIX, "a.example/private/");
            fixture.purgeAll(indexer);
            assertThat(rulings.state(takedown)).isInstanceOf(TakedownState.Purged.class);
            fixture.landings.commit(
                    0, Batch.of("c4", Strategy.UPSERT, "http://a.example/public 1"));
            indexer.publishOnce();
            assertThat(rulings.state(takedown))
                    .as("a batch of other URLs of the domain waits")
                    .isInstanceOf(TakedownState.Purged.class);
            fixture.publishAll(indexer);

            fixture.landings.commit(
                    0, Batch.of("c4", Strategy.UPSERT, "http://a.example/private/late 1"));
            assertMaskedUntilItActed(indexer, takedown, () -> fixture.publishAll(indexer));
            fixture.landings.commit(
                    0,
                    Batch.part("pile", Strategy.FULL_MERGE, 0, false, "http://a.example/private/"));
            assertMaskedUntilItActed(
                    indexer,
                    takedown,
                    () ->
                            fixture.landings.commit(
                                    0,
                                    Batch.part(
                                            "pile",
                                            Strategy.FULL_MERGE,
                                            1,
                                            true,
                                            "http://p.example/")));
        }
        rulings.assertGone();
        fixture.assertNoOrphans();
    }

    private interface Act {
        void run() throws IOException;
    }

    private void assertMaskedUntilItActed(Indexer indexer, Takedown takedown, Act act)
            throws IOException {
        for (int round = 0; round < 3; round++) {
            indexer.publishOnce();
            assertThat(rulings.state(takedown)).isEqualTo(new TakedownState.Masked());
            indexer.purgeOnce();
        }
        long waited = fixture.newest().number();
        act.run();
        fixture.purgeAll(indexer);
        assertThat(rulings.state(takedown))
                .isInstanceOfSatisfying(
                        TakedownState.Purged.class,
                        purged -> assertThat(purged.version()).isGreaterThan(waited));
    }

    @Test
    void aLookFromBeforeABatchBeganToWaitSaysNothing() throws IOException {
        try (Indexer one = fixture.indexer(fixture.store, Fixture.queueing());
                Indexer other = fixture.indexer(fixture.store, Fixture.queueing())) {
            fixture.publishAll(one);
            Takedown takedown = rulings.takeDown(Scope.DOMAIN, "a.example");
            one.purgeOnce();
            one.publishOnce();
            assertThat(one.purgeOnce().filesPurged()).as("found clear").isZero();
            fixture.landings.commit(0, Batch.of("c4", Strategy.UPSERT, "http://a.example/late 1"));
            other.publishOnce();
            assertThat(one.publishOnce()).isInstanceOf(Outcome.Idle.class);
            assertThat(rulings.state(takedown)).isEqualTo(new TakedownState.Masked());
            fixture.purgeAll(one);
            assertThat(rulings.state(takedown)).isInstanceOf(TakedownState.Purged.class);
        }
        rulings.assertGone();
    }

    @Test
    void aFileThatWaitsAndIsDamagedHoldsUpNoPublishAndNothingIsSaidToBeGone() throws IOException {
        try (Indexer indexer = fixture.indexer(fixture.store, Fixture.queueing())) {
            fixture.publishAll(indexer);
            Takedown takedown = rulings.takeDown(Scope.DOMAIN, "a.example");
            fixture.purgeAll(indexer);
            LogEntry entry =
                    fixture.landings.commit(
                            0, Batch.of("c4", Strategy.UPSERT, "http://a.example/late 1"));
            fixture.store.delete(entry.merges().getFirst().sources().getFirst().key());
            assertThat(indexer.publishOnce()).isInstanceOf(Outcome.Published.class);
            assertThat(indexer.datasetsQueued()).isEqualTo(1);
            assertThat(rulings.state(takedown)).isEqualTo(new TakedownState.Masked());
        }
    }
}
