package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.BatchPart;
import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.Effect;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.RewriteMode;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches of every strategy, one after the other, compared with a naive model row by row. */
@Tag("slow")
class MixedStrategiesTest {
    private static final Strategy[] PARTED = {Strategy.FULL_MERGE, Strategy.DEDUPLICATE};

    @TempDir Path directory;

    @Test
    void insertThenUpsertThenDeleteOfOneFlushTakeEffectInThatOrder() throws IOException {
        var fixture = new Fixture(directory, 1);
        LogEntry entry =
                fixture.landings.commit(
                        0,
                        Batch.insert("c4", "http://a.example/1 1", "http://b.example/1 1"),
                        Batch.of(
                                "c4",
                                Strategy.UPSERT,
                                "http://a.example/1 2",
                                "http://c.example/ 2"),
                        Batch.of("c4", Strategy.DELETE, "http://b.example/1"),
                        Batch.insert("c4", "http://b.example/1 3", "http://a.example/1 3"));
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
        Version version = fixture.newest();
        assertThat(version.changes())
                .containsExactly(new DatasetChange(0, 11, 7, Map.of("no_host", 4L), 4, 1));
        assertThat(version.superseded())
                .containsAll(
                        entry.mergesInOrder().stream()
                                .map(merge -> merge.sources().getFirst().key())
                                .toList());
    }

    @Test
    void rewritesOnlyFilesThatHoldAMatchedUrl() throws IOException {
        var fixture = new Fixture(directory, 1);
        try (Indexer indexer = fixture.indexer()) {
            fixture.landings.commit(
                    0, Batch.append("c4", "http://a.example/1", "http://b.example/1"));
            fixture.landings.commit(
                    0, Batch.append("c4", "http://c.example/1", "http://d.example/1"));
            fixture.publishAll(indexer);
            List<String> before = fixture.liveKeys();

            fixture.landings.commit(
                    0,
                    new Batch(
                            "c4",
                            new Effect(Strategy.UPDATE, RewriteMode.INCREMENTAL, null, null, false),
                            List.of("http://d.example/1 7", "http://e.example/1 7")));
            var outcome = (Outcome.Published) indexer.publishOnce();
            assertThat(fixture.liveKeys()).hasSize(2).contains(before.getFirst());
            assertThat(outcome.report().merges())
                    .extracting(
                            MergeTotals::merged,
                            MergeTotals::updated,
                            MergeTotals::filesRewritten,
                            MergeTotals::filesInserted)
                    .containsExactly(1L, 1L, 1L, 0L);
            assertThat(outcome.report().merges().bytesRead()).isPositive();
            assertThat(outcome.report().merges().bytesWritten()).isPositive();
            assertThat(fixture.newest().superseded()).contains(before.getLast());
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void partsActOnceTheLastIsInWhicheverPublishesTheyComeIn() throws IOException {
        var fixture = new Fixture(directory, 1);
        try (Indexer indexer = fixture.indexer()) {
            fixture.landings.commit(
                    0, Batch.insert("c4", "http://a.example/", "http://b.example/"));
            fixture.landings.commit(
                    0, Batch.part("c4", Strategy.FULL_MERGE, 0, false, "http://b.example/ 5"));
            fixture.publishAll(indexer);
            fixture.assertExact();
            fixture.landings.commit(
                    0,
                    Batch.part("c4", Strategy.FULL_MERGE, 1, false, "http://c.example/ 5"),
                    Batch.insert("c4", "http://gone.example/"));
            fixture.publishAll(indexer);
            fixture.assertExact();
        }
        try (Indexer indexer = fixture.indexer()) {
            fixture.landings.commit(0, Batch.part("c4", Strategy.FULL_MERGE, 2, true));
            fixture.publishAll(indexer);
            assertThat(indexer.partsWaiting()).isZero();
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
        assertThat(fixture.newest().counts().urls()).isEqualTo(2);
    }

    @Test
    void anEmptyDatasetTakesSourcesOfSeveralFilesInOrder() throws IOException {
        var fixture = new Fixture(directory, 1);
        fixture.landings.commit(
                0,
                Batch.part("c4", Strategy.DEDUPLICATE, 0, false, "http://z.example/ 1"),
                Batch.part("c4", Strategy.DEDUPLICATE, 1, true, "http://a.example/ 1"));
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
    }

    @Test
    void aBatchOfWhichNothingIsTakenAfterARetractionKeepsTheDataset() throws IOException {
        var fixture = new Fixture(directory, 1);
        fixture.landings.commit(0, Batch.insert("c4", "http://a.example/1"));
        fixture.landings.commit(0, Batch.retraction("c4"));
        fixture.landings.commit(0, Batch.insert("c4"));
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
        assertThat(fixture.newest().counts().datasets()).isEqualTo(1);
    }

    @Test
    void aBatchThatCannotBeMergedIsRefusedVisiblyAndTheLogGoesOn() throws IOException {
        var fixture = new Fixture(directory, 1);
        try (Indexer indexer = fixture.indexer()) {
            fixture.landings.write(false);
            fixture.landings.commit(0, Batch.insert("c4", "http://a.example/1"));
            fixture.publishAll(indexer);
            fixture.landings.write(true);
            LogEntry refused =
                    fixture.landings.commitUnnoticed(
                            0, Batch.of("c4", Strategy.UPSERT, "http://a.example/1 9"));
            fixture.landings.commit(0, Batch.insert("pile", "http://b.example/1"));
            var outcome = (Outcome.Published) indexer.publishOnce();
            assertThat(outcome.report().merges().refused()).isEqualTo(1);
            assertThat(outcome.version().superseded())
                    .contains(refused.mergesInOrder().getFirst().sources().getFirst().key());
            assertThat(outcome.version().changes().getFirst().refusedBatches())
                    .singleElement()
                    .satisfies(batch -> assertThat(batch.reason()).contains("url_id"));
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void oneOfSeveralBatchesThatAreMergedTogetherIsRefusedAlone() throws IOException {
        var fixture = new Fixture(directory, 1);
        try (Indexer indexer = fixture.indexer()) {
            fixture.landings.write(false);
            fixture.landings.commit(0, Batch.insert("c4", "http://a.example/1"));
            fixture.publishAll(indexer);
            fixture.landings.commit(0, Batch.of("c4", Strategy.UPSERT, "http://a.example/1 8"));
            fixture.landings.write(true);
            fixture.landings.commitUnnoticed(
                    0, Batch.of("c4", Strategy.UPSERT, "http://a.example/1 9"));
            fixture.landings.write(false);
            fixture.landings.commit(0, Batch.of("c4", Strategy.UPSERT, "http://b.example/1 8"));
            var outcome = (Outcome.Published) indexer.publishOnce();
            assertThat(outcome.report().merges())
                    .extracting(MergeTotals::merged, MergeTotals::refused)
                    .containsExactly(2L, 1L);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    /** The index of many small publishes is that of one large one. */
    @RepeatedTest(3)
    void holdsWhatTheBatchesMakeWhateverTheStrategiesAndTheRestarts() throws IOException {
        runRandomly(Fixture.settings());
    }

    /** And so is that of merges that are queued and carried out beside the publishes. */
    @RepeatedTest(3)
    void holdsTheSameIfMergesAreQueued() throws IOException {
        runRandomly(Fixture.queueing());
    }

    /** And of two indexers that compact besides, and queue what is large. */
    @RepeatedTest(3)
    void holdsTheSameIfTwoIndexersRaceAndCompact() throws IOException {
        Random random = Seeded.random("MixedStrategiesTest");
        var fixture = new Fixture(directory, 3);
        var settings =
                Fixture.folding(
                        new MergeRunSettings(random.nextInt(3) * (8 << 10), 1),
                        new CompactionSettings(8 << 10, 3, 10, 1 << 20, Duration.ZERO));
        try (Indexer one = fixture.indexer(fixture.store, settings);
                Indexer other = fixture.indexer(fixture.store, settings)) {
            for (int step = 0; step < 60; step++) {
                int dataset = random.nextInt(3);
                fixture.landings.commit(dataset, batches(dataset, random));
                for (int i = random.nextInt(4); i > 0; i--) {
                    Indexer indexer = random.nextBoolean() ? one : other;
                    switch (random.nextInt(4)) {
                        case 0 -> indexer.compactOnce();
                        case 1 -> indexer.carryOutQueued();
                        default -> indexer.publishOnce();
                    }
                    fixture.clock.tick();
                }
                if (random.nextInt(15) == 0) {
                    fixture.publishAll(one);
                    fixture.assertExact();
                    fixture.publishAll(other);
                }
            }
            fixture.publishAll(one);
            fixture.assertExact();
            fixture.clock.advance(Duration.ofDays(3));
            one.sweepOrphans();
            fixture.assertExact();
        }
    }

    private void runRandomly(IndexerSettings settings) throws IOException {
        Random random = Seeded.random("MixedStrategiesTest");
        var fixture = new Fixture(directory, 3);
        Indexer indexer = fixture.indexer(fixture.store, settings);
        for (int step = 0; step < 20; step++) {
            for (int entries = 1 + random.nextInt(3); entries > 0; entries--) {
                int dataset = random.nextInt(3);
                // A dataset's batches come on one partition.
                fixture.landings.commit(dataset, batches(dataset, random));
            }
            if (random.nextInt(6) == 0) {
                indexer.close();
                indexer = fixture.indexer(fixture.store, settings);
            }
            if (random.nextBoolean()) {
                indexer.publishOnce();
            }
            if (random.nextBoolean()) {
                indexer.carryOutQueued();
            }
            if (random.nextInt(4) == 0) {
                fixture.publishAll(indexer);
                fixture.assertExact();
            }
        }
        fixture.publishAll(indexer);
        indexer.close();
        fixture.assertExact();
        fixture.clock.advance(Duration.ofHours(2));
        try (Indexer sweeping = fixture.indexer(fixture.store, settings)) {
            sweeping.publishOnce();
            sweeping.sweepOrphans();
        }
        fixture.assertNoOrphans();
        fixture.assertExact();
    }

    private static Batch[] batches(int dataset, Random random) {
        var batches = new ArrayList<Batch>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            batches.add(batch("dataset " + dataset, random));
        }
        return batches.toArray(Batch[]::new);
    }

    private static Batch batch(String dataset, Random random) {
        if (random.nextInt(25) == 0) {
            return Batch.retraction(dataset);
        }
        Strategy[] all = Strategy.values();
        Strategy strategy = all[random.nextInt(all.length)];
        boolean parted = strategy.needsWholeSource() && random.nextInt(3) > 0;
        return new Batch(
                dataset,
                new Effect(
                        strategy,
                        mode(strategy, random),
                        strategy == Strategy.DEDUPLICATE ? order(random) : null,
                        parted ? part(random) : null,
                        false),
                rows(random, strategy.onlyAdds() ? 1 : 0));
    }

    private static BatchPart part(Random random) {
        int number = random.nextInt(3);
        return new BatchPart("source " + random.nextInt(2), number, number == 2);
    }

    private static RewriteMode mode(Strategy strategy, Random random) {
        boolean incremental =
                strategy == Strategy.UPDATE
                        || strategy == Strategy.UPSERT
                        || strategy == Strategy.DELETE;
        return incremental
                ? RewriteMode.values()[random.nextInt(3)]
                : random.nextBoolean() ? RewriteMode.FULL : RewriteMode.AUTO;
    }

    private static @Nullable String order(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "ts";
            case 1 -> "ts asc";
            case 2 -> "ts desc";
            default -> null;
        };
    }

    /** An entry does not tell a batch that adds nothing from one before a retraction. */
    private static List<String> rows(Random random, int least) {
        var rows = new ArrayList<String>();
        for (int row = least + random.nextInt(60); row > 0; row--) {
            String url =
                    "%s://h%d.d%d.example/%s"
                            .formatted(
                                    random.nextBoolean() ? "http" : "https",
                                    random.nextInt(2),
                                    random.nextInt(1 + random.nextInt(25)),
                                    "p".repeat(random.nextInt(3)) + random.nextInt(4));
            rows.add(random.nextInt(5) == 0 ? url : url + " " + random.nextInt(4));
        }
        return rows;
    }
}
