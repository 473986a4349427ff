package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Folds of both stacks, and the publish that takes them in, broken off everywhere. */
class FoldCrashTest {
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
        try (Indexer indexer = fixture.indexer()) {
            for (int i = 0; i < 3; i++) {
                fixture.landings.commit(
                        0,
                        Batch.insert(
                                "c4", "http://a.example/" + i, "http://b%d.example/".formatted(i)));
                fixture.publishAll(indexer);
            }
        }
        return fixture;
    }

    /** An attempt by a process that is gone afterwards, and its disk with it. */
    private static FaultyObjectStore attempt(Fixture fixture, long write, Fault fault)
            throws IOException {
        var store = FaultyObjectStore.at(write, fault, fixture.store);
        try (Indexer indexer = fixture.indexer(store, Fixture.settings())) {
            assertThat(indexer.publishOnce()).isInstanceOf(Outcome.Idle.class);
            fixture.landings.commit(
                    0, Batch.insert("c4", "http://a.example/1", "http://n.example/"));
            indexer.foldOnce();
            indexer.foldOnce();
            fixture.clock.tick();
            indexer.publishOnce();
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("check");
            assertThat(e).hasMessageNotContaining("not what it was made of");
        }
        return store;
    }

    private static void assertRecovers(Fixture fixture) throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
            fixture.assertExact();
            indexer.foldOnce();
            indexer.foldOnce();
            fixture.publishAll(indexer);
            assertThat(fixture.newest().segments()).hasSizeLessThan(4);
            fixture.assertExact();
            fixture.clock.advance(Duration.ofHours(2));
            indexer.sweepOrphans();
            fixture.assertNoOrphans();
            fixture.assertExact();
        }
    }
}
