package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.Strategy;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.fault.Fault;
import dev.whence.store.fault.FaultyObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A compaction, and the publish that takes it in with what the log brings, broken off everywhere.
 */
class CompactionCrashTest {
    private static final IndexerSettings SETTINGS =
            CompactionTest.settings(CompactionTest.SPLITTING);

    @TempDir Path directory;

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Fault.class)
    void changesNothingWhicheverWriteFails(Fault fault) throws IOException {
        FaultyObjectStore sound = attempt(prepared(), Long.MAX_VALUE, fault);
        assertThat(sound.writes()).isGreaterThanOrEqualTo(8);
        for (long write = 1; write <= sound.writes(); write++) {
            Fixture fixture = prepared();
            attempt(fixture, write, fault);
            assertRecovers(fixture);
        }
    }

    private Fixture prepared() throws IOException {
        var fixture = new Fixture(directory, 1);
        try (Indexer indexer = fixture.indexer(fixture.store, SETTINGS)) {
            for (int i = 0; i < 3; i++) {
                fixture.landings.commit(
                        0, Batch.insert("c4", "http://a.example/" + i, "http://b.example/" + i));
            }
            fixture.publishAll(indexer);
        }
        return fixture;
    }

    /** An attempt by a process that is gone afterwards, and its disk with it. */
    private static FaultyObjectStore attempt(Fixture fixture, long write, Fault fault)
            throws IOException {
        var store = FaultyObjectStore.at(write, fault, fixture.store);
        try (Indexer indexer = fixture.indexer(store, SETTINGS)) {
            assertThat(indexer.publishOnce()).isInstanceOf(Outcome.Idle.class);
            commit(fixture);
            indexer.compactOnce();
            indexer.publishOnce();
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(CompactionCheckException.class);
            assertThat(e).hasMessageNotContaining("check");
        }
        return store;
    }

    private static void commit(Fixture fixture) throws IOException {
        fixture.landings.commit(
                0,
                Batch.insert("c4", "http://a.example/1", "http://a.example/new"),
                Batch.of("c4", Strategy.UPSERT, "http://b.example/1 7"));
    }

    private static void assertRecovers(Fixture fixture) throws IOException {
        try (Indexer indexer = fixture.indexer(fixture.store, SETTINGS)) {
            fixture.publishAll(indexer);
            fixture.assertExact();
            indexer.compactOnce();
            fixture.publishAll(indexer);
            fixture.assertExact();
            fixture.clock.advance(Duration.ofDays(3));
            indexer.sweepOrphans();
            fixture.assertExact();
        }
    }
}
