package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.access.Takedown;
import dev.whence.access.Takedown.Scope;
import dev.whence.access.TakedownState;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.Instruction.Kind;
import dev.whence.catalog.InstructionLog;
import dev.whence.catalog.Pin;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import dev.whence.lake.RowCursor;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken down leaves the lake, and does not come back. */
class PurgeTest {
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
                        "http://w.a.example/",
                        "http://b.example/"),
                Batch.append("pile", "http://a.example/private/1", "http://a.example/private/2"),
                Batch.append("else", "http://z.example/"));
    }

    @Test
    void aDomainIsGoneFromFilesAndCounts() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
            Takedown takedown = rulings.takeDown(Scope.DOMAIN, "a.example");
            assertThat(rulings.state(takedown)).isEqualTo(new TakedownState.Masked());
            List<String> before = fixture.liveKeys();
            fixture.purgeAll(indexer);
            rulings.assertGone();
            Version newest = fixture.newest();
            assertThat(newest.counts().urls()).isEqualTo(2);
            assertThat(newest.counts().domains()).isEqualTo(2);
            assertThat(fixture.liveKeys()).hasSize(2).contains(before.getLast());
            assertThat(rulings.state(takedown))
                    .isInstanceOfSatisfying(
                            TakedownState.Purged.class,
                            purged ->
                                    assertThat(purged.version())
                                            .isLessThanOrEqualTo(newest.number()));
            assertThat(indexer.purges()).isEqualTo(new ReadyTotals(2, 0));
            assertThat(indexer.publishOnce()).isInstanceOf(Outcome.Idle.class);
        }
        fixture.assertNoOrphans();
    }

    @Test
    void aHostAndAPrefixLeaveTheRestOfTheirDomain() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
            Takedown host = rulings.takeDown(Scope.HOST, "w.a.example");
            Takedown prefix = rulings.takeDown(Scope.URL_PREFIX, "a.example/private/");
            Takedown nothing = rulings.takeDown(Scope.DOMAIN, "never-seen.example");
            fixture.purgeAll(indexer);
            for (Takedown each : List.of(host, prefix, nothing)) {
                assertThat(rulings.state(each)).isInstanceOf(TakedownState.Purged.class);
            }
        }
        rulings.assertGone();
        assertThat(fixture.newest().counts().urls()).isEqualTo(3);
        fixture.assertNoOrphans();
    }

    @Test
    void whatComesLaterIsLeftOutWhateverIsDoneWithIt() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            rulings.takeDown(Scope.HOST, "a.example");
            fixture.landings.commit(
                    0,
                    Batch.insert("c4", "http://a.example/new", "http://b.example/ 4"),
                    Batch.of(
                            "c4",
                            Strategy.UPSERT,
                            "http://a.example/public 2",
                            "http://b.example/ 2",
                            "http://n.example/ 2"),
                    Batch.append("else", "http://a.example/new"),
                    Batch.of("pile", Strategy.UPDATE, "http://a.example/private/1 3"),
                    Batch.part("full", Strategy.FULL_MERGE, 0, false, "http://a.example/f"),
                    Batch.part("full", Strategy.FULL_MERGE, 1, true, "http://f.example/"));
            fixture.publishAll(indexer);
            rulings.assertGone();
            fixture.purgeAll(indexer);
        }
        rulings.assertGone();
        fixture.assertNoOrphans();
    }

    @Test
    void aMergeThatRanUnderOlderRulesIsMadeAgain() throws IOException {
        try (Indexer indexer = fixture.indexer(fixture.store, Fixture.queueing())) {
            fixture.publishAll(indexer);
            fixture.landings.commit(
                    0, Batch.of("c4", Strategy.UPSERT, "http://q.example/ 1", "http://r.example/"));
            indexer.publishOnce();
            assertThat(indexer.carryOutQueued()).isTrue();
            rulings.takeDown(Scope.DOMAIN, "q.example");
            assertThat(indexer.publishOnce()).isInstanceOf(Outcome.Idle.class);
            assertThat(indexer.queueRuns()).isEqualTo(new ReadyTotals(0, 1));
            fixture.publishAll(indexer);
        }
        rulings.assertGone();
    }

    @Test
    void aRollbackDoesNotBringItBackAndItIsLookedForAgain() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
            long good = fixture.newest().number();
            NaiveLake then = fixture.landings.naive().copy();
            fixture.landings.commit(0, Batch.of("c4", Strategy.DELETE, "http://b.example/"));
            Takedown takedown = rulings.takeDown(Scope.URL_PREFIX, "a.example/private/");
            fixture.purgeAll(indexer);
            instruct(Kind.ROLLBACK, good);
            fixture.landings.naive().rollBack(then, null);
            indexer.publishOnce();
            rulings.assertGone();
            assertThat(rulings.state(takedown)).isEqualTo(new TakedownState.Masked());
            fixture.purgeAll(indexer);
            rulings.assertGone();
            assertThat(rulings.state(takedown)).isInstanceOf(TakedownState.Purged.class);
        }
        fixture.assertNoOrphans();
    }

    @Test
    void aTakedownThatIsLiftedBeforeIsNotPurgedAndOneAfterLetsTheUrlsComeAgain()
            throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
            rulings.lift(rulings.takeDown(Scope.DOMAIN, "b.example"));
            fixture.purgeAll(indexer);
            fixture.assertExact();
            assertThat(indexer.purgeOnce().isEmpty()).isTrue();

            Takedown takedown = rulings.takeDown(Scope.DOMAIN, "b.example");
            fixture.purgeAll(indexer);
            rulings.assertGone();
            rulings.lift(takedown);
            fixture.landings.commit(0, Batch.insert("c4", "http://b.example/"));
            fixture.publishAll(indexer);
            fixture.assertExact();
            Takedown again = rulings.takeDown(Scope.DOMAIN, "b.example");
            assertThat(rulings.state(again)).isEqualTo(new TakedownState.Masked());
            fixture.purgeAll(indexer);
            rulings.assertGone();
        }
    }

    @Test
    void nothingOfItIsLeftInTheStoreOnceOldVersionsExpired() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            fixture.landings.commit(
                    0,
                    Batch.insert("c4", "http://a.example/unspeakable"),
                    Batch.of("c4", Strategy.UPSERT, "http://a.example/unspeakable 2"));
            fixture.publishAll(indexer);
            long old = fixture.newest().number();
            instruct(Kind.PIN, old);
            Takedown takedown = rulings.takeDown(Scope.DOMAIN, "a.example");
            fixture.purgeAll(indexer);
            assertThat(holds("/unspeakable")).isTrue();
            age(indexer);
            assertThat(rulings.state(takedown))
                    .isInstanceOfSatisfying(
                            TakedownState.Purged.class,
                            purged -> assertThat(purged.heldBy()).containsExactly(new Pin(old, 1)));
            instruct(Kind.UNPIN, old);
            age(indexer);
            assertThat(rulings.state(takedown)).isInstanceOf(TakedownState.Expired.class);
            assertThat(holds("/unspeakable")).isFalse();
            assertThat(holds("/private/")).isFalse();
        }
        rulings.assertGone();
    }

    @Test
    void filesThatAreMadeLargerMeanwhileArePurgedAfterwards() throws IOException {
        try (Indexer indexer =
                fixture.indexer(fixture.store, CompactionTest.settings(CompactionTest.SPLITTING))) {
            for (int i = 0; i < 4; i++) {
                fixture.landings.commit(
                        0, Batch.append("c4", "http://a.example/" + i, "http://k.example/" + i));
            }
            fixture.publishAll(indexer);
            rulings.takeDown(Scope.DOMAIN, "a.example");
            indexer.compactOnce();
            indexer.purgeOnce();
            fixture.landings.commit(0, Batch.append("c4", "http://a.example/late"));
            indexer.publishOnce();
            fixture.purgeAll(indexer);
            indexer.compactOnce();
            fixture.publishAll(indexer);
        }
        rulings.assertGone();
    }

    @Test
    void aDatasetThatIsMergedHasItsTurnAfterwardsUnlessNothingIsDueAnyMore() throws IOException {
        try (Indexer indexer = fixture.indexer(fixture.store, Fixture.queueing())) {
            fixture.publishAll(indexer);
            fixture.landings.commit(0, Batch.of("c4", Strategy.UPSERT, "http://b.example/ 1"));
            indexer.publishOnce();
            Takedown takedown = rulings.takeDown(Scope.HOST, "w.a.example");
            assertThat(indexer.carryOutQueued()).isTrue();
            assertThat(indexer.purgeOnce().filesPurged()).as("it is merged").isZero();
            indexer.publishOnce();
            fixture.landings.commit(0, Batch.of("c4", Strategy.UPSERT, "http://b.example/ 2"));
            indexer.publishOnce();
            assertThat(indexer.carryOutQueued()).as("a purge is next").isFalse();
            rulings.lift(takedown);
            indexer.purgeOnce();
            assertThat(indexer.carryOutQueued()).isTrue();
            fixture.publishAll(indexer);
            fixture.assertExact();
        }
    }

    private void instruct(Kind kind, long version) throws IOException {
        var log = new InstructionLog(fixture.store);
        long last = fixture.newest().operationsOrNone().taken();
        log.give(
                last,
                kind,
                version,
                null,
                "a test",
                new FreshId(fixture.clock, new Random(last)),
                fixture.clock);
    }

    /** Lets versions come and go until what there was is deleted, unless it is pinned. */
    private void age(Indexer indexer) throws IOException {
        for (int i = 0; i < 6; i++) {
            fixture.landings.commit(0, Batch.append("else", "http://z.example/" + i));
            fixture.publishAll(indexer);
            fixture.clock.advance(Duration.ofHours(30));
            while (indexer.retire() > 0) {
                // Until nothing is due.
            }
        }
    }

    /** Whether any object holds a text, in its bytes or in the rows that they mean. */
    private boolean holds(String text) throws IOException {
        for (String key : fixture.keys("")) {
            if (!key.startsWith("access/") && holds(key, text)) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(String key, String text) throws IOException {
        if (!key.endsWith(".parquet")) {
            return new String(fixture.store.get(key), StandardCharsets.ISO_8859_1).contains(text);
        }
        var urls = new ArrayList<String>();
        try (RowCursor rows = UrlFile.open(fixture.store, key).allRows()) {
            for (UrlRow row = rows.next(); row != null; row = rows.next()) {
                urls.add(row.url());
            }
        }
        return urls.stream().anyMatch(url -> url.contains(text));
    }
}
