package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.FreshId;
import dev.whence.catalog.Instruction;
import dev.whence.catalog.Instruction.Kind;
import dev.whence.catalog.InstructionLog;
import dev.whence.catalog.Operations;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.fault.Fault;
import dev.whence.store.fault.FaultyObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rollbacks, replays and pins. */
class InstructionsTest {
    @TempDir Path directory;

    private Fixture fixture;
    private long good;
    private NaiveLake then;

    /** A good version, and a bad batch after it. */
    @BeforeEach
    void publishSomething() throws IOException {
        fixture = prepared();
    }

    private Fixture prepared() throws IOException {
        var made = new Fixture(directory, 1);
        made.landings.commit(
                0,
                Batch.insert("c4", "http://a.example/1 1", "http://b.example/1 1"),
                Batch.append("pile", "http://p.example/"),
                Batch.append("gone", "http://g.example/"));
        try (Indexer indexer = indexer(made)) {
            made.publishAll(indexer);
            good = made.newest().number();
            then = made.landings.naive().copy();
            made.landings.commit(
                    0,
                    Batch.of("c4", Strategy.UPSERT, "http://a.example/1 9", "http://x.example/ 9"),
                    Batch.of("c4", Strategy.DELETE, "http://b.example/1"),
                    Batch.insert("pile", "http://p.example/", "http://q.example/"),
                    Batch.retraction("gone"),
                    Batch.append("late", "http://l.example/"));
            made.publishAll(indexer);
        }
        return made;
    }

    @Test
    void allDatasetsGoBackAndTheLogGoesOn() throws IOException {
        give(fixture, Kind.ROLLBACK, good, null);
        fixture.landings.naive().rollBack(then, null);
        try (Indexer indexer = indexer(fixture)) {
            fixture.landings.commit(
                    0, Batch.insert("c4", "http://b.example/1", "http://n.example/"));
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
        assertThat(fixture.newest().counts().datasets()).isEqualTo(3);
        Version rolledBack = fixture.versions.read(good + 2).orElseThrow();
        assertThat(rolledBack.positions())
                .isEqualTo(fixture.versions.read(good + 1).orElseThrow().positions());
        assertThat(rolledBack.operationsOrNone().rollbacks())
                .singleElement()
                .satisfies(rollback -> assertThat(rollback.leftOut()).hasSize(1));
    }

    @Test
    void oneDatasetGoesBackAndTheOthersStay() throws IOException {
        give(fixture, Kind.ROLLBACK, good, "c4");
        fixture.landings.naive().rollBack(then, "c4");
        publishAll();
        fixture.assertExact();
        fixture.assertNoOrphans();
        assertThat(fixture.newest().changes()).hasSize(1);
    }

    @Test
    void whatWasLeftOutIsReplayedOnce() throws IOException {
        NaiveLake before = fixture.landings.naive().copy();
        give(fixture, Kind.ROLLBACK, good, null);
        publishAll();
        long rolledBack = lastRollback(fixture);
        give(fixture, Kind.REPLAY, rolledBack, null);
        publishAll();
        fixture.landings.naive().rollBack(before, null);
        fixture.assertExact();
        give(fixture, Kind.REPLAY, rolledBack, null);
        publishAll();
        assertThat(operations().refused()).contains("is not replayed");
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void queuesAndWaitingPartsGoBackToo() throws IOException {
        try (Indexer indexer = fixture.indexer(fixture.store, Fixture.queueing())) {
            fixture.landings.commit(
                    0,
                    Batch.part("pile", Strategy.FULL_MERGE, 0, false, "http://r.example/"),
                    Batch.of("c4", Strategy.UPSERT, "http://a.example/1 5"));
            indexer.publishOnce();
            long queued = fixture.newest().number();
            NaiveLake withQueue = fixture.landings.naive().copy();
            fixture.landings.commit(
                    0,
                    Batch.part("pile", Strategy.FULL_MERGE, 1, true, "http://s.example/"),
                    Batch.of("c4", Strategy.DELETE, "http://a.example/1"));
            fixture.publishAll(indexer);
            fixture.assertExact();
            give(fixture, Kind.ROLLBACK, queued, null);
            fixture.landings.naive().rollBack(withQueue, null);
            fixture.landings.commit(
                    0, Batch.part("pile", Strategy.FULL_MERGE, 1, true, "http://t.example/"));
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void aPinKeepsAVersionReadableAndItsEndLetsItGo() throws IOException {
        give(fixture, Kind.PIN, good, null);
        try (Indexer indexer = indexer(fixture)) {
            publishLater(indexer, 5);
            assertThat(fixture.newest().oldestRetained()).isEqualTo(good);
            fixture.open(fixture.versions.read(good).orElseThrow()).close();
            give(fixture, Kind.UNPIN, good, null);
            publishLater(indexer, 5);
            assertThat(fixture.newest().oldestRetained()).isGreaterThan(good);
        }
        fixture.assertExact();
    }

    @Test
    void whatCannotBeDoneIsRefusedVisiblyAndHoldsUpNothing() throws IOException {
        give(fixture, Kind.ROLLBACK, 77, null);
        publishAll();
        assertThat(operations().refused()).contains("version 77 is not readable");
        give(fixture, Kind.REPLAY, good, null);
        give(fixture, Kind.UNPIN, good, null);
        publishAll();
        assertThat(operations().taken()).isEqualTo(3);
        assertThat(operations().refused()).contains("is not pinned");
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void aReplayWhoseFilesAreGoneIsRefused() throws IOException {
        give(fixture, Kind.ROLLBACK, good, null);
        publishAll();
        long rolledBack = lastRollback(fixture);
        for (String key : fixture.keys("ingest/batches/")) {
            fixture.store.delete(key);
        }
        give(fixture, Kind.REPLAY, rolledBack, null);
        publishAll();
        assertThat(operations().refused()).contains("gone").contains("ingest/batches/");
        fixture.landings.naive().rollBack(then, null);
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Fault.class)
    void changesNothingWhicheverWriteFails(Fault fault) throws IOException {
        FaultyObjectStore sound = attempt(prepared(), Long.MAX_VALUE, fault);
        // Every second one, from the first or the second on.
        int first = 1 + Seeded.random("InstructionsTest").nextInt(2);
        for (long write = first; write <= sound.writes(); write += 2) {
            Fixture broken = prepared();
            NaiveLake before = broken.landings.naive().copy();
            attempt(broken, write, fault);
            broken.landings.naive().rollBack(before, null);
            try (Indexer indexer = indexer(broken)) {
                broken.publishAll(indexer);
                if (broken.newest().operationsOrNone().rollbacks().size() == 1) {
                    give(broken, Kind.REPLAY, lastRollback(broken), null);
                    broken.publishAll(indexer);
                }
                broken.assertExact();
                broken.clock.advance(Duration.ofHours(2));
                indexer.sweepOrphans();
                broken.assertNoOrphans();
            }
        }
    }

    /** A rollback and its replay, by a process that is gone afterwards, and its disk with it. */
    private static FaultyObjectStore attempt(Fixture fixture, long write, Fault fault)
            throws IOException {
        var store = FaultyObjectStore.at(write, fault, fixture.store);
        long newest = fixture.newest().number();
        give(fixture, Kind.ROLLBACK, newest - 1, null);
        try (Indexer indexer = fixture.indexer(store, unfolded())) {
            indexer.publishOnce();
            give(fixture, Kind.REPLAY, newest + 1, null);
            indexer.publishOnce();
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("check");
        }
        return store;
    }

    /** What a version held, and how many batches had come by then. */
    private record Past(long version, NaiveLake naive, int batches) {}

    @Tag("slow")
    @Test
    void anySequenceOfRollbacksAndReplaysHoldsWhatTheModelDoes() throws IOException {
        Random random = Seeded.random("InstructionsTest");
        var past = new ArrayList<Past>();
        var batches = new ArrayList<Batch>();
        try (Indexer indexer = fixture.indexer(fixture.store, Fixture.queueing())) {
            for (int step = 0; step < 30; step++) {
                Batch batch = batch(random);
                fixture.landings.commit(0, batch);
                batches.add(batch);
                fixture.publishAll(indexer);
                fixture.assertExact();
                past.add(
                        new Past(
                                fixture.newest().number(),
                                fixture.landings.naive().copy(),
                                batches.size()));
                if (random.nextInt(4) == 0) {
                    Past to = past.get(random.nextInt(past.size()));
                    if (to.version() < fixture.newest().oldestRetained()) {
                        continue;
                    }
                    String dataset = random.nextBoolean() ? null : "d" + random.nextInt(2);
                    if (rollBack(indexer, to, dataset) && random.nextBoolean()) {
                        replay(indexer, to, dataset, batches);
                    }
                    past.clear();
                }
            }
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    private boolean rollBack(Indexer indexer, Past to, @Nullable String dataset)
            throws IOException {
        give(fixture, Kind.ROLLBACK, to.version(), dataset);
        fixture.publishAll(indexer);
        if (operations().refused() != null) {
            assertThat(operations().refused()).contains("has the dataset");
            return false;
        }
        fixture.landings.naive().rollBack(to.naive(), dataset);
        fixture.assertExact();
        return true;
    }

    private void replay(Indexer indexer, Past to, @Nullable String dataset, List<Batch> batches)
            throws IOException {
        give(fixture, Kind.REPLAY, lastRollback(fixture), null);
        fixture.publishAll(indexer);
        batches.subList(to.batches(), batches.size()).stream()
                .filter(batch -> dataset == null || dataset.equals(batch.dataset()))
                .forEach(fixture.landings.naive()::take);
        fixture.assertExact();
    }

    private static Batch batch(Random random) {
        String dataset = "d" + random.nextInt(2);
        var urls = new String[1 + random.nextInt(4)];
        for (int i = 0; i < urls.length; i++) {
            urls[i] =
                    "http://d%d.example/%d %d"
                            .formatted(random.nextInt(3), random.nextInt(3), random.nextInt(5));
        }
        return switch (random.nextInt(6)) {
            case 0 -> Batch.append(dataset, urls);
            case 1, 2 -> Batch.insert(dataset, urls);
            case 3 -> Batch.of(dataset, Strategy.UPSERT, urls);
            case 4 -> Batch.of(dataset, Strategy.DELETE, urls);
            default ->
                    random.nextInt(4) == 0
                            ? Batch.retraction(dataset)
                            : Batch.of(dataset, Strategy.UPDATE, urls);
        };
    }

    private void publishLater(Indexer indexer, int versions) throws IOException {
        for (int i = 0; i < versions; i++) {
            fixture.clock.advance(Duration.ofDays(2));
            fixture.landings.commit(0, Batch.append("c4", "http://z.example/" + i));
            fixture.publishAll(indexer);
        }
    }

    private void publishAll() throws IOException {
        try (Indexer indexer = indexer(fixture)) {
            fixture.publishAll(indexer);
        }
    }

    private static Indexer indexer(Fixture fixture) throws IOException {
        return fixture.indexer(fixture.store, unfolded());
    }

    /** Blocks are not folded: that would be a version more. */
    private static IndexerSettings unfolded() {
        return Fixture.settings(new PublishLimits(1_000, 1_000_000, 1L << 30), 32, 64);
    }

    /** The version that rolled back. */
    private static long lastRollback(Fixture fixture) throws IOException {
        return fixture.newest().operationsOrNone().rollbacks().getLast().version();
    }

    private Operations operations() throws IOException {
        return fixture.newest().operationsOrNone();
    }

    private static Instruction give(
            Fixture fixture, Kind kind, long version, @Nullable String dataset) throws IOException {
        return new InstructionLog(fixture.store)
                .give(
                        0,
                        kind,
                        version,
                        dataset == null ? null : fixture.landings.id(dataset),
                        "a test",
                        new FreshId(fixture.clock, new Random(3)),
                        fixture.clock);
    }
}
