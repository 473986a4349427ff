package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.RefusedBatch;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset that is taken away. */
class RetractionTest {
    @TempDir Path directory;
    private Fixture fixture;
    private Landings landings;
    private Indexer indexer;

    @BeforeEach
    void publish() throws IOException {
        fixture = new Fixture(directory, 1);
        landings = fixture.landings;
        indexer = fixture.indexer();
        commit(
                Batch.insert("c4", "http://a.example/1", "http://b.example/1"),
                Batch.insert("pile", "http://b.example/1", "http://c.example/1"));
        commit(Batch.append("c4", "http://a.example/2", "http://d.example/1"));
    }

    @AfterEach
    void close() {
        indexer.close();
    }

    private LogEntry commit(Batch... batches) throws IOException {
        LogEntry entry = landings.commit(0, batches);
        assertThat(indexer.publishOnce()).isInstanceOf(Outcome.Published.class);
        return entry;
    }

    @Test
    void leavesEveryAnswerAndEveryCountAtTheNextVersion() throws IOException {
        var live = fixture.liveKeys();
        commit(Batch.retraction("c4"));

        fixture.assertExact();
        Version newest = fixture.newest();
        assertThat(newest.counts()).isEqualTo(new Version.Counts(1, 2, 2, 1));
        assertThat(newest.changes())
                .containsExactly(new DatasetChange(0, 1, 0, Map.of("no_host", 1L), 0, 4));
        assertThat(live).hasSize(3);
        assertThat(newest.superseded())
                .containsAll(live.stream().filter(key -> key.contains("dataset_id=0/")).toList());
        try (Base base = fixture.open(newest)) {
            assertThat(base.snapshot().files(0)).isEmpty();
            assertThat(base.snapshot().ordinalOf("a.example")).isNotNegative();
            assertThat(base.snapshot().datasetsOf(base.snapshot().ordinalOf("a.example")))
                    .isEmpty();
            assertThat(base.snapshot().postings(0, "a.example")).isEmpty();
        }
    }

    @Test
    void theNameKeepsItsIdAndCanBeFilledAgain() throws IOException {
        commit(Batch.retraction("c4"));
        commit(Batch.insert("c4", "http://a.example/1", "http://e.example/1"));
        fixture.assertExact();
        try (Base base = fixture.open(fixture.newest())) {
            assertThat(base.table().rows().getFirst().datasetId()).isZero();
            assertThat(base.table().rows().getFirst().urlCount()).isEqualTo(2);
        }
    }

    @Test
    void takesEffectWhereItStandsAmongBatchesOfOnePublish() throws IOException {
        commit(
                Batch.append("c4", "http://gone.example/1"),
                Batch.retraction("c4"),
                Batch.insert("c4", "http://a.example/2", "http://f.example/1"),
                Batch.insert("c4", "http://a.example/2"));
        fixture.assertExact();
        fixture.assertNoOrphans();
        try (Base base = fixture.open(fixture.newest())) {
            assertThat(base.snapshot().ordinalOf("gone.example")).isNegative();
        }
        commit(Batch.insert("new", "http://a.example/1"), Batch.retraction("new"));
        fixture.assertExact();
        commit(Batch.retraction("new"));
        fixture.assertExact();
    }

    @Test
    void whatItHeldIsDeletedOnceNoReadableVersionNeedsIt() throws IOException {
        commit(Batch.of("c4", Strategy.UPSERT, "http://a.example/2 7", "http://u.example/ 7"));
        assertThat(fixture.keys("ingest/batches/")).hasSize(1);
        commit(Batch.retraction("c4"));
        for (int version = 0; version < 4; version++) {
            fixture.clock.advance(Duration.ofHours(25));
            commit(Batch.append("pile", "http://a.example/" + version));
        }
        indexer.retire();
        assertThat(fixture.keys("urls/dataset_id=0/")).isEmpty();
        assertThat(fixture.keys("ingest/batches/")).isEmpty();
        fixture.assertExact();
    }

    @Test
    void isTheSameFromNothingAndStepByStep() throws IOException {
        commit(Batch.retraction("c4"));
        commit(Batch.insert("c4", "http://a.example/9"), Batch.retraction("pile"));
        for (int version = 0; version < 9; version++) {
            commit(Batch.append("c4", "http://v%d.example/".formatted(version)));
        }
        Version stepByStep = fixture.newest();

        var again = new Fixture(directory.resolve("again"), 1);
        again.landings.commit(
                0,
                Batch.insert("c4", "http://a.example/1", "http://b.example/1"),
                Batch.insert("pile", "http://b.example/1", "http://c.example/1"),
                Batch.retraction("c4"),
                Batch.insert("c4", "http://a.example/9"),
                Batch.retraction("pile"));
        for (int version = 0; version < 9; version++) {
            again.landings.commit(0, Batch.append("c4", "http://v%d.example/".formatted(version)));
        }
        try (Indexer fromNothing = again.indexer()) {
            again.publishAll(fromNothing);
        }
        again.assertExact();
        fixture.assertExact();
        assertThat(again.newest().counts()).isEqualTo(stepByStep.counts());
    }

    @Test
    void takesPartsThatWaitWithIt() throws IOException {
        LandingFile part =
                commit(Batch.part("c4", Strategy.FULL_MERGE, 0, false, "http://w.example/"))
                        .mergesInOrder()
                        .getFirst()
                        .sources()
                        .getFirst();
        assertThat(indexer.partsWaiting()).isEqualTo(1);
        commit(Batch.retraction("c4"));
        assertThat(indexer.partsWaiting()).isZero();
        assertThat(fixture.newest().superseded()).contains(part.key());
        assertThat(fixture.newest().changes().getFirst().refusedBatches())
                .extracting(RefusedBatch::reason)
                .containsExactly("the dataset was retracted while parts of it waited");
        fixture.assertExact();
    }
}
