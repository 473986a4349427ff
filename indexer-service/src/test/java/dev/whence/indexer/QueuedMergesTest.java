package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.Effect;
import dev.whence.catalog.QueueRef;
import dev.whence.catalog.RewriteMode;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.ObjectBody;
import dev.whence.store.fault.Fault;
import dev.whence.store.fault.FaultyObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Merges that are queued, and carried out beside the publishing. */
class QueuedMergesTest {
    @TempDir Path directory;

    private Fixture fixture;

    @BeforeEach
    void landSomething() throws IOException {
        fixture = prepared();
    }

    @Test
    void aLongMergeHoldsUpNoOtherDataset() throws IOException {
        try (Indexer indexer = queueing()) {
            fixture.landings.commit(0, Batch.of("c4", Strategy.UPSERT, "http://a.example/1 7"));
            fixture.landings.commit(0, Batch.insert("pile", "http://p.example/"));
            Version version = published(indexer);
            assertThat(version.counts().urls()).isEqualTo(4);
            assertThat(version.queued())
                    .containsExactly(new QueueRef(fixture.landings.id("c4"), version.number()));
            assertThat(indexer.filesQueued()).isEqualTo(1);

            assertThat(indexer.carryOutQueued()).isTrue();
            assertThat(indexer.carryOutQueued()).isFalse();
            Version merged = published(indexer);
            assertThat(merged.queued()).isEmpty();
            assertThat(merged.changes())
                    .extracting(DatasetChange::datasetId)
                    .containsExactly(fixture.landings.id("c4"));
            assertThat(indexer.queueRuns()).isEqualTo(new ReadyTotals(1, 0));
            assertThat(indexer.publishOnce()).isInstanceOf(Outcome.Idle.class);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void whatFitsTheBudgetIsMergedAtOnce() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            fixture.landings.commit(0, Batch.of("c4", Strategy.UPSERT, "http://a.example/1 7"));
            assertThat(published(indexer).queued()).isEmpty();
        }
        fixture.assertExact();
    }

    @Test
    void laterBatchesOfTheDatasetWaitBehindIt() throws IOException {
        try (Indexer indexer = queueing()) {
            fixture.landings.commit(0, Batch.of("c4", Strategy.DELETE, "http://a.example/1"));
            Version first = published(indexer);
            fixture.landings.commit(
                    0,
                    Batch.insert("c4", "http://a.example/1 9"),
                    Batch.append("c4", "http://b.example/1 9"));
            Version second = published(indexer);
            assertThat(second.queued()).isEqualTo(first.queued());
            assertThat(second.counts()).isEqualTo(first.counts());
            assertThat(indexer.filesQueued()).isEqualTo(3);
            assertThat(second.superseded()).noneMatch(key -> key.contains("/landing-"));
        }
        try (Indexer indexer = queueing()) {
            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void aMergeThatComesWhileItRunsIsNextInTheQueue() throws IOException {
        try (Indexer indexer = queueing()) {
            fixture.landings.commit(0, Batch.of("c4", Strategy.DELETE, "http://a.example/1"));
            published(indexer);
            indexer.carryOutQueued();
            fixture.landings.commit(0, Batch.of("c4", Strategy.UPSERT, "http://a.example/1 9"));
            Version both = published(indexer);
            assertThat(both.queued())
                    .containsExactly(new QueueRef(fixture.landings.id("c4"), both.number()));
            assertThat(both.counts().urls()).isEqualTo(2);
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void aRetractionEndsTheQueueAtOnce() throws IOException {
        try (Indexer indexer = queueing()) {
            fixture.landings.commit(
                    0,
                    Batch.of("c4", Strategy.UPSERT, "http://a.example/1 7"),
                    Batch.insert("c4", "http://x.example/"),
                    Batch.part("c4", Strategy.FULL_MERGE, 0, false, "http://b.example/ 5"));
            published(indexer);
            indexer.carryOutQueued();
            fixture.landings.commit(
                    0, Batch.retraction("c4"), Batch.insert("c4", "http://n.example/"));
            Version version = published(indexer);
            assertThat(version.queued()).isEmpty();
            assertThat(version.changes().getFirst().refusedBatches())
                    .singleElement()
                    .satisfies(batch -> assertThat(batch.reason()).contains("retracted"));
            fixture.assertExact();
            assertThat(indexer.publishOnce()).isInstanceOf(Outcome.Idle.class);
            assertThat(indexer.queueRuns()).isEqualTo(new ReadyTotals(0, 1));
            fixture.clock.advance(Duration.ofHours(2));
            indexer.sweepOrphans();
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void thePartThatCompletesASourceIsQueuedAndTheSourceActsOnce() throws IOException {
        try (Indexer indexer = queueing()) {
            fixture.landings.commit(
                    0, Batch.part("c4", Strategy.FULL_MERGE, 0, false, "http://b.example/1 5"));
            assertThat(published(indexer).queued()).isEmpty();
            fixture.landings.commit(
                    0, Batch.part("c4", Strategy.FULL_MERGE, 1, true, "http://c.example/ 5"));
            assertThat(published(indexer).queued()).hasSize(1);
            fixture.clock.advance(Duration.ofDays(2));
            assertThat(indexer.publishOnce()).isInstanceOf(Outcome.Idle.class);
            assertThat(indexer.partsWaiting()).isEqualTo(1);
            fixture.publishAll(indexer);
            assertThat(indexer.partsWaiting()).isZero();
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void ofTwoIndexersOneIsTakenInAndTheOtherDropped() throws IOException {
        try (Indexer one = queueing();
                Indexer other = queueing()) {
            fixture.landings.commit(0, Batch.of("c4", Strategy.UPSERT, "http://a.example/1 7"));
            published(one);
            assertThat(other.publishOnce()).isInstanceOf(Outcome.Idle.class);
            one.carryOutQueued();
            other.carryOutQueued();
            fixture.landings.commit(0, Batch.of("c4", Strategy.UPDATE, "http://a.example/1 8"));
            published(other);
            fixture.publishAll(one);
            assertThat(one.queueRuns()).isEqualTo(new ReadyTotals(1, 1));
            fixture.assertExact();
            fixture.clock.advance(Duration.ofHours(2));
            one.sweepOrphans();
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void publishesOfOthersAndCompactionsOfOtherFilesCostItNothing() throws IOException {
        try (Indexer one = queueing();
                Indexer other = queueing()) {
            fixture.landings.commit(0, Batch.append("c4", manyUrls()));
            for (int i = 0; i < 8; i++) {
                fixture.landings.commit(0, Batch.append("c4", "http://z%d.example/".formatted(i)));
            }
            published(one);
            var incremental =
                    new Effect(Strategy.DELETE, RewriteMode.INCREMENTAL, null, null, false);
            fixture.landings.commit(0, new Batch("c4", incremental, List.of(manyUrls()[0])));
            published(one);
            assertThat(other.publishOnce()).isInstanceOf(Outcome.Idle.class);
            one.carryOutQueued();
            other.compactOnce();
            published(other);
            assertThat(other.compactions().taken()).isEqualTo(1);
            fixture.landings.commit(0, Batch.append("pile", "http://z.example/"));
            published(one);
            assertThat(one.queueRuns()).isEqualTo(new ReadyTotals(1, 0));
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    /** Enough that their file is not put together with the little ones. */
    private static String[] manyUrls() {
        return new Random(5)
                .longs(4_000)
                .mapToObj("http://many.example/%x"::formatted)
                .toArray(String[]::new);
    }

    @Test
    void compactionAndQueueTakeTurnsOnADataset() throws IOException {
        try (Indexer indexer = queueing()) {
            for (int i = 0; i < 8; i++) {
                fixture.landings.commit(0, Batch.append("c4", "http://z%d.example/".formatted(i)));
                published(indexer);
            }
            fixture.landings.commit(0, Batch.of("c4", Strategy.DELETE, "http://a.example/1"));
            published(indexer);
            assertThat(indexer.carryOutQueued()).isTrue();
            assertThat(indexer.compactOnce().isEmpty()).isTrue();
            fixture.landings.commit(0, Batch.of("c4", Strategy.DELETE, "http://z1.example/"));
            published(indexer);
            assertThat(indexer.carryOutQueued()).as("it is the compaction's turn").isFalse();
            assertThat(indexer.compactOnce().isEmpty()).isFalse();
            assertThat(indexer.carryOutQueued()).isFalse();
            published(indexer);
            assertThat(indexer.carryOutQueued()).isTrue();
            published(indexer);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void aQueueThatFailsKeepsNoOtherWaiting() throws IOException {
        fixture.landings.commit(0, Batch.insert("pile", "http://p.example/1"));
        try (Indexer indexer = queueing()) {
            fixture.publishAll(indexer);
            var damaged =
                    fixture.landings.commit(
                            0, Batch.of("c4", Strategy.UPSERT, "http://a.example/1 7"));
            published(indexer);
            fixture.landings.commit(0, Batch.of("pile", Strategy.UPDATE, "http://p.example/1 8"));
            published(indexer);
            String source = damaged.mergesInOrder().getFirst().sources().getFirst().key();
            byte[] bytes = fixture.store.get(source);
            fixture.store.delete(source);
            assertFails(indexer);
            assertThat(indexer.carryOutQueued()).as("the other dataset's").isTrue();
            assertThat(published(indexer).queued()).hasSize(1);
            assertFails(indexer);
            fixture.store.putIfAbsent(source, ObjectBody.of(bytes));
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    private static void assertFails(Indexer indexer) {
        assertThatThrownBy(indexer::carryOutQueued).isInstanceOf(IOException.class);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Fault.class)
    void changesNothingWhicheverWriteFails(Fault fault) throws IOException {
        FaultyObjectStore sound = attempt(prepared(), Long.MAX_VALUE, fault);
        assertThat(sound.writes()).isGreaterThanOrEqualTo(8);
        for (long write = 1; write <= sound.writes(); write++) {
            Fixture broken = prepared();
            attempt(broken, write, fault);
            assertRecovers(broken);
        }
    }

    /** An attempt by a process that is gone afterwards, and its disk with it. */
    private static FaultyObjectStore attempt(Fixture fixture, long write, Fault fault)
            throws IOException {
        var store = FaultyObjectStore.at(write, fault, fixture.store);
        fixture.landings.commit(
                0,
                Batch.of("c4", Strategy.UPSERT, "http://a.example/1 7", "http://n.example/ 7"),
                Batch.insert("c4", "http://n.example/", "http://m.example/"));
        try (Indexer indexer = fixture.indexer(store, Fixture.queueing())) {
            indexer.publishOnce();
            indexer.carryOutQueued();
            fixture.landings.commit(0, Batch.of("c4", Strategy.DELETE, "http://n.example/"));
            indexer.publishOnce();
            indexer.carryOutQueued();
            indexer.publishOnce();
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("check");
        }
        return store;
    }

    private static void assertRecovers(Fixture fixture) throws IOException {
        try (Indexer indexer = fixture.indexer(fixture.store, Fixture.queueing())) {
            fixture.publishAll(indexer);
            fixture.assertExact();
            fixture.clock.advance(Duration.ofHours(2));
            indexer.sweepOrphans();
            fixture.assertNoOrphans();
            fixture.assertExact();
        }
    }

    private Fixture prepared() throws IOException {
        var made = new Fixture(directory, 1);
        made.landings.commit(0, Batch.append("c4", "http://a.example/1", "http://b.example/1"));
        made.landings.commit(0, Batch.append("c4", "http://c.example/1"));
        try (Indexer indexer = made.indexer()) {
            made.publishAll(indexer);
        }
        return made;
    }

    private Indexer queueing() throws IOException {
        return fixture.indexer(fixture.store, Fixture.queueing());
    }

    private Version published(Indexer indexer) throws IOException {
        fixture.clock.tick();
        return ((Outcome.Published) indexer.publishOnce()).version();
    }
}
