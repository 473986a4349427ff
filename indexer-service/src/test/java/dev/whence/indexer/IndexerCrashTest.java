package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.Strategy;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.ObjectStore;
import dev.whence.store.fault.Fault;
import dev.whence.store.fault.FaultyObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One publish that appends, inserts, writes a reduced copy, merges, retracts and folds, broken off
 * everywhere.
 */
class IndexerCrashTest {
    @TempDir Path directory;

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Fault.class)
    void losesAndDoublesNothingWhicheverWriteFails(Fault fault) throws IOException {
        FaultyObjectStore sound = attempt(prepared(), Long.MAX_VALUE, fault);
        assertThat(sound.writes()).isGreaterThanOrEqualTo(7);
        for (long write = 1; write <= sound.writes(); write++) {
            Fixture fixture = prepared();
            attempt(fixture, write, fault);
            assertRecovers(fixture);
        }
    }

    @Tag("slow")
    @Test
    void losesAndDoublesNothingWhicheverReadFails() throws IOException {
        Random random = Seeded.random("IndexerCrashTest");
        Fixture first = prepared();
        var counting = new FailingReads(first.store, Long.MAX_VALUE);
        publish(first, counting);
        assertThat(counting.reads()).isGreaterThan(20);
        for (long read = 1; read <= counting.reads(); read += 1 + random.nextInt(4)) {
            Fixture fixture = prepared();
            publish(fixture, new FailingReads(fixture.store, read));
            assertRecovers(fixture);
        }
    }

    private Fixture prepared() throws IOException {
        var fixture = new Fixture(directory, 2);
        fixture.landings.commit(0, Batch.append("gone", "http://a.example/1"));
        try (Indexer indexer = fixture.indexer()) {
            for (int i = 0; i < 3; i++) {
                fixture.landings.commit(
                        i % 2,
                        Batch.insert(
                                "c4", "http://a.example/" + i, "http://b%d.example/".formatted(i)));
                fixture.publishAll(indexer);
            }
        }
        fixture.landings.commit(
                0,
                Batch.insert("c4", "http://a.example/1", "http://a.example/new"),
                Batch.append("pile", "http://a.example/1", "http://c.example/"),
                Batch.of("c4", Strategy.UPSERT, "http://b1.example/ 7", "http://z.example/ 7"),
                Batch.retraction("gone"));
        fixture.landings.commit(1, Batch.insert("c4", "http://a.example/2"));
        return fixture;
    }

    private static FaultyObjectStore attempt(Fixture fixture, long write, Fault fault) {
        var store = FaultyObjectStore.at(write, fault, fixture.store);
        publish(fixture, store);
        return store;
    }

    /** An attempt by a process that is gone afterwards, and its disk with it. */
    private static void publish(Fixture fixture, ObjectStore store) {
        try (Indexer indexer = fixture.indexer(store, Fixture.settings())) {
            indexer.publishOnce();
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("check");
        }
    }

    private static void assertRecovers(Fixture fixture) throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
            fixture.assertExact();
            fixture.clock.advance(Duration.ofHours(2));
            indexer.sweepOrphans();
            fixture.assertNoOrphans();
            fixture.assertExact();
        }
    }
}
