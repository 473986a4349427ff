package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.catalog.Effect;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.QueueRef;
import dev.whence.catalog.RewriteMode;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.ObjectBody;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues come to an end, and nobody waits in vain. */
class QueueProgressTest {
    @TempDir Path directory;

    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(directory, 1);
    }

    @Test
    void aQueueEndsThoughSomethingComesWithEveryPublish() throws IOException {
        fixture.landings.commit(0, Batch.append("c4", "http://a.example/1", "http://b.example/1"));
        try (Indexer indexer = queueing(0)) {
            published(indexer);
            fixture.landings.commit(
                    0,
                    Batch.of("c4", Strategy.UPSERT, "http://a.example/1 7", "http://n.example/"));
            published(indexer);
            assertThat(indexer.carryOutQueued()).isTrue();
            // One URL of a domain that the merge brings, one known, one new.
            fixture.landings.commit(
                    0,
                    Batch.insert(
                            "c4", "http://n.example/", "http://a.example/1", "http://m.example/"));
            Version ended = published(indexer);
            assertThat(ended.queued()).isEmpty();
            assertThat(ended.counts().urls()).isEqualTo(4);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void aMergeThatComesBehindTheLastInTheQueueIsDoneAtOnceIfItIsShort() throws IOException {
        fixture.landings.commit(0, Batch.append("c4", "http://a.example/1", "http://b.example/1"));
        try (Indexer indexer = queueing(0)) {
            published(indexer);
            fixture.landings.commit(0, Batch.of("c4", Strategy.DELETE, "http://a.example/1"));
            published(indexer);
        }
        try (Indexer indexer = queueing(1 << 20)) {
            assertThat(indexer.publishOnce()).isInstanceOf(Outcome.Idle.class);
            indexer.carryOutQueued();
            fixture.landings.commit(
                    0,
                    Batch.of("c4", Strategy.UPSERT, "http://b.example/1 8", "http://a.example/1"));
            Version ended = published(indexer);
            assertThat(ended.queued()).isEmpty();
            assertThat(ended.counts().urls()).isEqualTo(2);
            assertThat(indexer.publishOnce()).isInstanceOf(Outcome.Idle.class);
            assertThat(indexer.queueRuns()).isEqualTo(new ReadyTotals(1, 0));
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void aPublishThatFailsForTheLogsSakeCostsNoMergeThatIsDone() throws IOException {
        fixture.landings.commit(0, Batch.append("c4", "http://a.example/1", "http://b.example/1"));
        try (Indexer indexer = queueing(0)) {
            published(indexer);
            fixture.landings.commit(0, Batch.of("c4", Strategy.UPSERT, "http://a.example/1 7"));
            published(indexer);
            indexer.carryOutQueued();
            LogEntry damaged =
                    fixture.landings.commit(0, Batch.append("pile", "http://p.example/"));
            String key = damaged.files().getFirst().key();
            byte[] bytes = fixture.store.get(key);
            fixture.store.delete(key);
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(indexer::publishOnce).isInstanceOf(IOException.class);
                assertThat(indexer.carryOutQueued()).as("it is done already").isFalse();
            }
            assertThatThrownBy(indexer::publishOnce).isInstanceOf(IOException.class);
            assertThatThrownBy(indexer::publishOnce).isInstanceOf(IOException.class);
            fixture.store.putIfAbsent(key, ObjectBody.of(bytes));
            assertThat(published(indexer).queued()).isEmpty();
            assertThat(indexer.queueRuns()).isEqualTo(new ReadyTotals(1, 0));
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void noneBeginsWhileMoreIsReadyThanAPublishMayTakeIn() throws IOException {
        fixture.landings.commit(
                0,
                Batch.append("c4", "http://a.example/1"),
                Batch.append("one", "http://a.example/1"));
        var limits = new PublishLimits(1_000, 1_000_000, 1);
        var settings = Fixture.settings(limits, 32, 64, new MergeRunSettings(0, 1));
        try (Indexer indexer = fixture.indexer(fixture.store, settings)) {
            published(indexer);
            update("c4", 0);
            published(indexer);
            update("one", 0);
            published(indexer);
            assertThat(indexer.carryOutQueued()).isTrue();
            assertThat(indexer.carryOutQueued()).isFalse();
            published(indexer);
            assertThat(indexer.carryOutQueued()).isTrue();
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void theBudgetCountsAllPartsOfASource() throws IOException {
        fixture.landings.commit(0, Batch.append("c4", "http://a.example/1"));
        try (Indexer indexer = queueing(0)) {
            published(indexer);
        }
        for (int part = 0; part < 9; part++) {
            fixture.landings.commit(
                    0,
                    Batch.part("c4", Strategy.FULL_MERGE, part, false, "http://b.example/" + part));
        }
        LogEntry last =
                fixture.landings.commit(
                        0, Batch.part("c4", Strategy.FULL_MERGE, 9, true, "http://c.example/"));
        try (Indexer indexer = queueing(4 * last.mergesInOrder().getFirst().bytes())) {
            assertThat(published(indexer).queued()).hasSize(1);
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void aQueueThatFailedOnceHasItsTurnThoughOthersAreNeverEmpty() throws IOException {
        try (Indexer indexer = queueing(0)) {
            fixture.landings.commit(
                    0,
                    Batch.append("c4", "http://a.example/1"),
                    Batch.append("one", "http://a.example/1"),
                    Batch.append("two", "http://a.example/1"));
            published(indexer);
            LogEntry damaged = update("c4", 0);
            published(indexer);
            String source = damaged.mergesInOrder().getFirst().sources().getFirst().key();
            byte[] bytes = fixture.store.get(source);
            fixture.store.delete(source);
            assertThatThrownBy(indexer::carryOutQueued).isInstanceOf(IOException.class);
            fixture.store.putIfAbsent(source, ObjectBody.of(bytes));
            update("one", 0);
            update("two", 0);
            published(indexer);
            for (int i = 1; i < 6; i++) {
                update("one", i);
                update("two", i);
                assertThat(indexer.carryOutQueued()).isTrue();
                published(indexer);
            }
            assertThat(fixture.newest().queued())
                    .extracting(QueueRef::datasetId)
                    .doesNotContain(fixture.landings.id("c4"));
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
    }

    @Test
    void aQueueThatFailedIsToldOfUntilItIsCarriedOut() throws IOException {
        try (Indexer indexer = queueing(0)) {
            fixture.landings.commit(
                    0,
                    Batch.append("c4", "http://a.example/1"),
                    Batch.append("one", "http://a.example/1"));
            published(indexer);
            LogEntry damaged = update("c4", 0);
            published(indexer);
            String source = damaged.mergesInOrder().getFirst().sources().getFirst().key();
            fixture.store.delete(source);
            assertThatThrownBy(indexer::carryOutQueued).isInstanceOf(IOException.class);
            update("one", 0);
            published(indexer);
            assertThat(indexer.carryOutQueued()).as("the other dataset's").isTrue();
            assertThat(indexer.queueProblem())
                    .hasValueSatisfying(problem ->
                            assertThat(problem).startsWith("dataset 0: ").contains(source));
            fixture.landings.commit(0, Batch.retraction("c4"));
            published(indexer);
            assertThat(indexer.queueProblem()).isEmpty();
        }
        fixture.assertExact();
    }

    private LogEntry update(String dataset, int ts) throws IOException {
        return fixture.landings.commit(
                0, Batch.of(dataset, Strategy.UPDATE, "http://a.example/1 " + ts));
    }

    @Test
    void filesInQueuesAreCountedOneByOne() throws IOException {
        fixture.landings.commit(0, Batch.append("c4", "http://a.example/1"));
        try (Indexer indexer = queueing(0)) {
            published(indexer);
            for (int i = 0; i < 5; i++) {
                update("c4", i);
            }
            published(indexer);
            assertThat(indexer.filesQueued()).isEqualTo(5);
        }
    }

    @Test
    void compactionHasItsTurnThoughOtherDatasetsAreAlwaysDue() throws IOException {
        try (Indexer indexer = fixture.indexer(fixture.store, littleCompaction())) {
            for (int i = 0; i < 5; i++) {
                appendTo("c4", i);
            }
            var incremental =
                    new Effect(Strategy.UPDATE, RewriteMode.INCREMENTAL, null, null, false);
            for (int round = 0; round < 8; round++) {
                for (int i = 0; i < 3; i++) {
                    appendTo("one", 3 * round + i);
                    appendTo("two", 3 * round + i);
                }
                fixture.landings.commit(
                        0, new Batch("c4", incremental, List.of("http://a.example/1 " + round)));
                published(indexer);
                indexer.carryOutQueued();
                indexer.compactOnce();
                String folder = "urls/dataset_id=%d/".formatted(fixture.landings.id("c4"));
                if (fixture.keys(folder).stream().anyMatch(key -> key.contains("/compacted-"))) {
                    return;
                }
            }
        }
        throw new AssertionError("c4 was never compacted");
    }

    private void appendTo(String dataset, int i) throws IOException {
        fixture.landings.commit(0, Batch.append(dataset, "http://a.example/" + i));
    }

    /** One group in each run. */
    private static IndexerSettings littleCompaction() {
        return CompactionTest.settings(
                new CompactionSettings(4 << 10, 3, 10, 8 << 10, Duration.ZERO),
                new MergeRunSettings(0, 1));
    }

    private Indexer queueing(long atOnceBytes) throws IOException {
        var compaction = Fixture.settings().compaction();
        return fixture.indexer(
                fixture.store,
                CompactionTest.settings(compaction, new MergeRunSettings(atOnceBytes, 1)));
    }

    private Version published(Indexer indexer) throws IOException {
        fixture.clock.tick();
        return ((Outcome.Published) indexer.publishOnce()).version();
    }
}
