package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.catalog.BlockName;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.IndexStack;
import dev.whence.catalog.Instruction.Kind;
import dev.whence.catalog.InstructionLog;
import dev.whence.catalog.StackRef;
import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three blocks of a size are folded; with twelve in a stack a publish folds some itself. */
class FoldTest {
    private static final int MOST_BLOCKS = 12;

    @TempDir Path directory;
    Fixture fixture;
    int inserted;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(directory, 1);
    }

    @Test
    void foldsBesideThePublishingAndChangesNoAnswer() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            publish(indexer, 3);
            Version before = fixture.newest();
            assertThat(before.generations()).hasSize(3);
            assertThat(before.segments()).hasSize(3);
            for (int stack = 0; stack < 2; stack++) {
                FoldReport report = indexer.foldOnce().orElseThrow();
                assertThat(report.blocks()).isEqualTo(3);
                assertThat(report.bytesWritten()).isBetween(1L, report.bytesRead());
            }
            assertThat(indexer.foldOnce()).as("both wait").isEmpty();
            assertThat(fixture.newest()).as("nobody sees them yet").isEqualTo(before);

            assertThat(fixture.publishAll(indexer)).as("a version of their own").isEqualTo(1);
            assertThat(indexer.folds()).isEqualTo(new ReadyTotals(2, 0));
            Version after = fixture.newest();
            for (IndexStack stack : IndexStack.values()) {
                assertThat(stack.of(after))
                        .singleElement()
                        .satisfies(ref ->
                                assertThat(ref.block().id())
                                        .startsWith("folded-" + stack.text() + "-"));
                stack.of(before)
                        .forEach(ref ->
                                assertThat(after.superseded()).containsAll(ref.block().keys()));
                assertThat(indexer.blocks(stack)).isEqualTo(1);
                assertThat(indexer.foldProgress(stack)).isEqualTo(1);
            }
            assertThat(after.counts()).isEqualTo(before.counts());
            assertThat(after.changes()).isEmpty();
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void takesAFoldInWithWhateverHasComeOnTopOfItsBlocks() throws IOException {
        try (Indexer indexer = fixture.indexer();
                Indexer other = fixture.indexer()) {
            publish(indexer, 3);
            fold(indexer);
            publish(other, 2);
            commit();
            assertThat(indexer.publishOnce())
                    .isInstanceOfSatisfying(
                            Outcome.Published.class,
                            published -> {
                                assertThat(published.report().folds()).isEqualTo(2);
                                assertThat(published.report().entries()).isEqualTo(1);
                            });
            Version newest = fixture.newest();
            assertThat(newest.segments()).hasSize(1 + 2 + 1);
            assertThat(newest.generations()).hasSize(1 + 2 + 1);
            assertThat(newest.segments().getFirst().toVersion()).isEqualTo(3);
        }
        fixture.assertExact();
    }

    /** What a publish reads and writes of a fold is nothing: not to build, not to check. */
    @Test
    void aPublishThatTakesAFoldInReadsAndWritesNothingOfIt() throws IOException {
        var calls = new ArrayList<String>();
        ObjectStore watched =
                WatchedStore.of(
                        fixture.store,
                        (method, key) -> {
                            if (key.contains("/folded-")) {
                                calls.add(method + " " + key);
                            }
                        },
                        WatchedStore.Watch.NONE);
        try (Indexer indexer = fixture.indexer(watched, Fixture.settings())) {
            publish(indexer, 3);
            fold(indexer);
            assertThat(calls).isNotEmpty();
            calls.clear();
            publish(indexer, 1);
            assertThat(indexer.folds().taken()).isEqualTo(2);
            assertThat(calls).isEmpty();
        }
    }

    @Test
    void dropsAFoldWhoseBlocksAnotherIndexerHasFolded() throws IOException {
        try (Indexer indexer = fixture.indexer();
                Indexer other = fixture.indexer()) {
            publish(indexer, 3);
            other.publishOnce();
            fold(indexer);
            fold(other);
            List<String> ours = foldedKeys();
            fixture.publishAll(other);
            List<String> named = namedKeys();
            ours.removeAll(named);
            assertThat(ours).isNotEmpty();

            publish(indexer, 1);
            assertThat(indexer.folds()).isEqualTo(new ReadyTotals(0, 2));
            assertThat(namedKeys()).containsAll(named);
            fixture.clock.advance(Duration.ofHours(2));
            assertThat(other.sweepOrphans()).isEqualTo(ours.size());
            assertThat(foldedKeys()).containsExactlyInAnyOrderElementsOf(named);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    /** The sweep of another process knows nothing of the fold but its name. */
    @Test
    void keepsAFoldAsLongAsAVersionMayTakeItIn() throws IOException {
        try (Indexer indexer = fixture.indexer();
                Indexer other = fixture.indexer()) {
            publish(indexer, 3);
            fold(indexer);
            List<String> waiting = foldedKeys();
            publish(other, 5);
            fixture.clock.advance(Duration.ofDays(30));
            assertThat(other.sweepOrphans()).isZero();
            publish(indexer, 1);
            assertThat(indexer.folds().taken()).isEqualTo(2);
            publish(indexer, 9);
            fixture.clock.advance(Duration.ofDays(30));
            assertThat(other.sweepOrphans()).as("a version had it").isZero();
            assertThat(foldedKeys()).isEqualTo(waiting);
        }
        fixture.assertExact();
    }

    @Test
    void deletesTheBlocksOfAFoldAndLaterTheFoldWhenTheyHaveExpired() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            publish(indexer, 3);
            List<String> old = fixture.keys(BlockName.ROOT);
            fold(indexer);
            publish(indexer, 1);
            List<String> first = foldedKeys();
            for (int round = 0; round < 12; round++) {
                publish(indexer, 1);
                fold(indexer);
                fixture.clock.advance(Duration.ofHours(30));
                indexer.retire();
            }
            assertThat(fixture.keys(BlockName.ROOT)).doesNotContainAnyElementsOf(old);
            assertThat(foldedKeys()).isNotEmpty().doesNotContainAnyElementsOf(first);
            publish(indexer, 1);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Tag("slow")
    @Test
    void aStackGrowsNoHigherThanThePublishesAllowThoughNothingIsFoldedBeside() throws IOException {
        int atOnce = 0;
        try (Indexer indexer = fixture.indexer()) {
            for (int publish = 0; publish < 40; publish++) {
                commit();
                fixture.clock.tick();
                var published = (Outcome.Published) indexer.publishOnce();
                atOnce += published.report().foldsAtOnce();
                for (IndexStack stack : IndexStack.values()) {
                    assertThat(stack.of(published.version())).hasSizeLessThanOrEqualTo(MOST_BLOCKS);
                }
            }
        }
        assertThat(atOnce).isBetween(2, 20);
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    /** A thread that folds was stopped, or its blocks take an hour: the publish folds others. */
    @Test
    void aPublishLeavesAloneWhatIsBeingFolded() throws IOException {
        var running = new ArrayList<Indexer>();
        ObjectStore store =
                WatchedStore.of(
                        fixture.store,
                        (method, key) -> {
                            if (method.equals("put")
                                    && key.contains("/folded-")
                                    && !running.isEmpty()) {
                                Indexer indexer = running.removeFirst();
                                publish(indexer, 2 * MOST_BLOCKS);
                            }
                        },
                        WatchedStore.Watch.NONE);
        try (Indexer indexer = fixture.indexer(store, Fixture.settings())) {
            publish(indexer, 3);
            running.add(indexer);
            assertThat(indexer.foldOnce()).isPresent();
            assertThat(running).isEmpty();
            Version before = fixture.newest();
            assertThat(before.segments()).hasSizeLessThanOrEqualTo(MOST_BLOCKS);
            publish(indexer, 1);
            assertThat(indexer.folds()).isEqualTo(new ReadyTotals(1, 0));
        }
        fixture.assertExact();
    }

    @Tag("slow")
    @Test
    void goesOnPublishingWhileFoldsFail() throws IOException {
        ObjectStore failing =
                WatchedStore.of(
                        fixture.store,
                        (method, key) -> {
                            if (method.equals("put") && key.contains("/folded-")) {
                                throw new ObjectStoreException(key, "the disk is full", null);
                            }
                        },
                        WatchedStore.Watch.NONE);
        try (Indexer indexer = fixture.indexer(failing, Fixture.settings())) {
            for (int round = 0; round < 20; round++) {
                publish(indexer, 1);
                if (round >= 2 && round < 8) {
                    assertThatThrownBy(indexer::foldOnce).hasMessageContaining("disk is full");
                }
            }
            assertThat(indexer.blocks(IndexStack.SEGMENTS)).isLessThanOrEqualTo(MOST_BLOCKS);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void anInstructionDoesNotTakeAFoldInAndDoesItNoHarm() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            publish(indexer, 3);
            fold(indexer);
            new InstructionLog(fixture.store)
                    .give(
                            0,
                            Kind.ROLLBACK,
                            2,
                            null,
                            "a test",
                            new FreshId(fixture.clock, new Random(3)),
                            fixture.clock);
            fixture.clock.tick();
            indexer.publishOnce();
            Version rolledBack = fixture.newest();
            assertThat(rolledBack.operationsOrNone().taken()).isEqualTo(1);
            assertThat(rolledBack.segments()).hasSize(4);
            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
            assertThat(indexer.folds()).isEqualTo(new ReadyTotals(2, 0));
            Version after = fixture.newest();
            assertThat(after.segments()).hasSize(2);
            assertThat(after.generations().stream().mapToLong(StackRef::end).max()).hasValue(6);
            assertThat(after.counts()).isEqualTo(rolledBack.counts());
            try (Base base = fixture.open(after)) {
                assertThat(base.snapshot().check()).isEmpty();
            }
        }
        fixture.assertNoOrphans();
    }

    /** Each block has two new domains, and URLs of one that all have. */
    private void commit() throws IOException {
        int n = inserted++;
        fixture.landings.commit(
                0,
                Batch.insert(
                        "c4",
                        "http://a%03d.example/".formatted(n),
                        "http://b%03d.example/".formatted(n),
                        "http://a000.example/" + n));
    }

    private void publish(Indexer indexer, int versions) throws IOException {
        for (int i = 0; i < versions; i++) {
            commit();
            fixture.clock.tick();
            assertThat(indexer.publishOnce()).isInstanceOf(Outcome.Published.class);
        }
    }

    private static void fold(Indexer indexer) throws IOException {
        for (var done = indexer.foldOnce(); done.isPresent(); done = indexer.foldOnce()) {
            assertThat(done.get().blocks()).isGreaterThan(1);
        }
    }

    private List<String> foldedKeys() throws IOException {
        var keys = new ArrayList<>(fixture.keys(BlockName.ROOT));
        keys.removeIf(key -> !key.contains("/folded-"));
        return keys;
    }

    private List<String> namedKeys() throws IOException {
        return fixture.newest()
                .blocks()
                .flatMap(block -> block.keys().stream())
                .filter(key -> key.contains("/folded-"))
                .toList();
    }
}
