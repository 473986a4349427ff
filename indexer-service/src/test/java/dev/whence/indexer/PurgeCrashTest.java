package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.access.Takedown;
import dev.whence.access.Takedown.Scope;
import dev.whence.access.TakedownState;
import dev.whence.catalog.Strategy;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.fault.Fault;
import dev.whence.store.fault.FaultyObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A purge, and the publishes that take it in with what the log brings, broken off everywhere. */
class PurgeCrashTest {
    @TempDir Path directory;

    private Rulings rulings;
    private Takedown takedown;

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Fault.class)
    void endsWellWhicheverWriteFails(Fault fault) throws IOException {
        FaultyObjectStore sound = attempt(prepared(), Long.MAX_VALUE, fault);
        assertThat(sound.writes()).isGreaterThanOrEqualTo(8);
        for (long write = 1; write <= sound.writes(); write++) {
            Fixture fixture = prepared();
            attempt(fixture, write, fault);
            assertRecovers(fixture);
        }
    }

    /** Once all is gone, a batch of what is taken down comes to wait. */
    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Fault.class)
    void saysNothingFalseWhicheverWriteFailsAsABatchBeginsToWait(Fault fault) throws IOException {
        FaultyObjectStore sound = waitingAttempt(purged(), Long.MAX_VALUE, fault);
        assertThat(sound.writes()).isGreaterThanOrEqualTo(2);
        for (long write = 1; write <= sound.writes(); write++) {
            Fixture fixture = purged();
            waitingAttempt(fixture, write, fault);
            rulings.assertWhatIsGoneIsGone(List.of(takedown));
            assertRecovers(fixture);
        }
    }

    private Fixture purged() throws IOException {
        Fixture fixture = prepared();
        try (Indexer indexer = fixture.indexer()) {
            fixture.purgeAll(indexer);
        }
        assertThat(rulings.state(takedown)).isInstanceOf(TakedownState.Purged.class);
        fixture.landings.commit(
                0,
                Batch.of("c4", Strategy.UPSERT, "http://a.example/late 1", "http://b.example/1 2"));
        return fixture;
    }

    /** Takes the batch into a queue, and carries it out. */
    private FaultyObjectStore waitingAttempt(Fixture fixture, long write, Fault fault)
            throws IOException {
        var store = FaultyObjectStore.at(write, fault, fixture.store);
        try (Indexer indexer = fixture.indexer(store, Fixture.queueing())) {
            indexer.publishOnce();
            rulings.assertWhatIsGoneIsGone(List.of(takedown));
            indexer.purgeOnce();
            indexer.carryOutQueued();
            indexer.publishOnce();
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(CheckFailedException.class);
        }
        return store;
    }

    private Fixture prepared() throws IOException {
        var fixture = new Fixture(directory, 1);
        rulings = new Rulings(fixture);
        try (Indexer indexer = fixture.indexer()) {
            for (int i = 0; i < 2; i++) {
                fixture.landings.commit(
                        0,
                        Batch.append("c4", "http://a.example/" + i, "http://b.example/" + i),
                        Batch.append("pile", "http://a.example/" + i));
            }
            fixture.publishAll(indexer);
        }
        takedown = rulings.takeDown(Scope.DOMAIN, "a.example");
        return fixture;
    }

    /** An attempt by a process that is gone afterwards, and its disk with it. */
    private static FaultyObjectStore attempt(Fixture fixture, long write, Fault fault)
            throws IOException {
        var store = FaultyObjectStore.at(write, fault, fixture.store);
        try (Indexer indexer = fixture.indexer(store, Fixture.settings())) {
            indexer.publishOnce();
            indexer.purgeOnce();
            fixture.landings.commit(
                    0,
                    Batch.insert("c4", "http://a.example/new", "http://b.example/1"),
                    Batch.of(
                            "c4", Strategy.UPSERT, "http://b.example/1 7", "http://a.example/1 7"));
            indexer.publishOnce();
            indexer.purgeOnce();
            indexer.publishOnce();
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(CheckFailedException.class);
        }
        return store;
    }

    private void assertRecovers(Fixture fixture) throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            fixture.purgeAll(indexer);
            rulings.assertGone();
            assertThat(rulings.state(takedown)).isInstanceOf(TakedownState.Purged.class);
            fixture.clock.advance(Duration.ofDays(3));
            indexer.sweepOrphans();
            rulings.assertGone();
        }
    }
}
