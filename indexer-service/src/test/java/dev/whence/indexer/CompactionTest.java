package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.index.LakeFile;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.url.DomainPrefix;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
    /**
     * Files are split as soon as there are two: what one takes of bytes beside its rows is 2 kB.
     */
    static final CompactionSettings SPLITTING =
            new CompactionSettings(4 << 10, 3, 10, 1 << 20, Duration.ZERO);

    private static final CompactionSettings SIX =
            new CompactionSettings(128 << 20, 6, 10, 1 << 30, Duration.ofSeconds(10));

    @TempDir Path directory;
    Fixture fixture;
    int inserted;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(directory, 1);
    }

    static IndexerSettings settings(CompactionSettings compaction) {
        return settings(compaction, MergeRunSettings.DEFAULT);
    }

    /** Blocks are not folded: that would be a version more. */
    static IndexerSettings settings(CompactionSettings compaction, MergeRunSettings merge) {
        var settings = Fixture.settings();
        return new IndexerSettings(
                settings.limits(),
                32,
                64,
                settings.comparedFiles(),
                settings.threads(),
                settings.checkSamples(),
                settings.retention(),
                settings.dryRun(),
                settings.orphanSafetyAge(),
                settings.orphanKeysPerSweep(),
                settings.partExpiry(),
                merge,
                compaction);
    }

    @Test
    void putsSmallFilesTogetherAndChangesNoAnswer() throws IOException {
        try (Indexer indexer = indexer()) {
            insert(indexer, 8);
            Version before = fixture.newest();
            CompactionReport report = indexer.compactOnce();
            assertThat(report.datasets()).isEqualTo(1);
            assertThat(report.filesIn()).isEqualTo(8);
            assertThat(report.filesOut()).isEqualTo(1);
            assertThat(report.rows()).isEqualTo(before.counts().urls());
            assertThat(fixture.newest()).as("nobody sees it yet").isEqualTo(before);
            assertThat(indexer.compactedBytesWaiting()).isPositive();
            assertThat(indexer.compactOnce().isEmpty()).as("one waits").isTrue();

            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
            assertThat(indexer.compactions()).isEqualTo(new ReadyTotals(1, 0));
            assertThat(indexer.compactedBytesWaiting()).isZero();
            Version after = fixture.newest();
            assertThat(after.counts().files()).isEqualTo(1);
            assertThat(after.counts().urls()).isEqualTo(before.counts().urls());
            assertThat(after.counts().domains()).isEqualTo(before.counts().domains());
            assertThat(after.counts().datasets()).isEqualTo(before.counts().datasets());
            assertThat(after.datasetTable()).isEqualTo(before.datasetTable());
            assertThat(after.changes()).isEmpty();
            assertThat(after.parts()).isEqualTo(fixture.liveKeys());
            assertThat(after.superseded()).hasSize(8 + folded(before, after));
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void aVersionOfItsOwnComesNotSoonerThanTheSettingSays() throws IOException {
        var minute = new CompactionSettings(128 << 20, 3, 10, 1 << 30, Duration.ofMinutes(1));
        try (Indexer indexer = indexer(fixture.store, minute)) {
            for (int expected = 1; expected >= 0; expected--) {
                insert(indexer, 3);
                assertThat(indexer.compactOnce().isEmpty()).isFalse();
                assertThat(fixture.publishAll(indexer)).isEqualTo(expected);
            }
            fixture.clock.advance(Duration.ofMinutes(1));
            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
        }
        fixture.assertExact();
    }

    @Test
    void insertsOfTheSamePublishAreComparedWithTheCompactedFiles() throws IOException {
        try (Indexer indexer = indexer()) {
            insert(indexer, 8);
            indexer.compactOnce();
            fixture.landings.commit(
                    0,
                    Batch.insert(
                            "c4", "http://a.example/3", "http://b3.example/", "http://n.example/"),
                    Batch.insert(
                            "c4", "http://a.example/4", "http://n.example/", "http://n.example/2"));
            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
            assertThat(indexer.compactions().taken()).isEqualTo(1);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void aMergeOfTheSamePublishRewritesTheCompactedFiles() throws IOException {
        try (Indexer indexer = indexer()) {
            insert(indexer, 8);
            indexer.compactOnce();
            fixture.landings.commit(
                    0,
                    Batch.of("c4", Strategy.UPSERT, "http://a.example/3 7", "http://n.example/ 7"),
                    Batch.of("c4", Strategy.DELETE, "http://b3.example/", "http://b4.example/"));
            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
            assertThat(indexer.compactions().taken()).isEqualTo(1);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void isDroppedWhenAFileOfItWasChangedMeanwhile() throws IOException {
        try (Indexer one = indexer();
                Indexer other = indexer()) {
            insert(one, 8);
            other.publishOnce();
            one.compactOnce();
            fixture.landings.commit(0, Batch.of("c4", Strategy.UPSERT, "http://a.example/3 7"));
            fixture.publishAll(other);
            fixture.publishAll(one);
            assertThat(one.compactions()).isEqualTo(new ReadyTotals(0, 1));
            fixture.assertExact();
            one.compactOnce();
            fixture.publishAll(one);
            assertThat(one.compactions()).isEqualTo(new ReadyTotals(1, 1));
        }
        fixture.assertExact();
    }

    @Test
    void isDroppedWithADatasetThatIsRetracted() throws IOException {
        try (Indexer indexer = indexer()) {
            insert(indexer, 8);
            indexer.compactOnce();
            fixture.landings.commit(
                    0, Batch.retraction("c4"), Batch.insert("c4", "http://a.example/1"));
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void splitsALargeDatasetByTheHashesOfItsDomains() throws IOException {
        try (Indexer indexer = indexer(fixture.store, SPLITTING)) {
            insert(indexer, 8);
            indexer.compactOnce();
            fixture.publishAll(indexer);
            List<String> keys = fixture.liveKeys();
            assertThat(keys).hasSizeGreaterThan(4);
            assertThat(keys.stream().map(key -> DomainPrefix.ofKey(key).length())).containsOnly(1);
            fixture.landings.commit(
                    0, Batch.insert("c4", "http://a.example/3", "http://c.example/"));
            fixture.publishAll(indexer);
            try (Base newest = fixture.open(fixture.newest())) {
                assertThat(newest.snapshot().postings(0, "a.example"))
                        .as("files of other domains are not looked at")
                        .hasSize(1);
            }
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    /** Otherwise each merge would bring large files back that any domain might be looked for in. */
    @Test
    void aMergeLeavesFilesUnderTheirPrefix() throws IOException {
        try (Indexer indexer = indexer(fixture.store, SPLITTING)) {
            insert(indexer, 8);
            indexer.compactOnce();
            fixture.publishAll(indexer);
            fixture.landings.commit(
                    0,
                    Batch.of(
                            "c4", Strategy.UPSERT, "http://a.example/3 7", "http://b3.example/ 7"));
            fixture.publishAll(indexer);
            List<String> keys = fixture.liveKeys();
            assertThat(keys).anyMatch(key -> key.contains("/part-"));
            assertThat(keys.stream().map(key -> DomainPrefix.ofKey(key).length())).containsOnly(1);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    /** A setting of the ingest leaves {@code url_id} out, and may be changed. */
    @Test
    void filesWithAndWithoutUrlIdsArePutTogether() throws IOException {
        try (Indexer indexer = indexer()) {
            for (int i = 0; i < 12; i++) {
                fixture.landings.write(i % 2 == 0);
                fixture.landings.commit(
                        0, Batch.insert("mixed", "http://a.example/" + i, "http://b.example/"));
            }
            insert(indexer, 12);
            for (int run = 0; run < 3; run++) {
                indexer.compactOnce();
                fixture.clock.advance(SIX.publishInterval());
                fixture.publishAll(indexer);
            }
            assertThat(fixture.newest().counts().files()).isEqualTo(2);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void takesDatasetsInTurn() throws IOException {
        var small = new CompactionSettings(20 << 10, 3, 10, 40 << 10, Duration.ZERO);
        try (Indexer indexer = indexer(fixture.store, small)) {
            for (int i = 0; i < 12; i++) {
                for (String dataset : List.of("a", "b", "c")) {
                    fixture.landings.commit(
                            0, Batch.append(dataset, "http://%s%d.example/".formatted(dataset, i)));
                }
            }
            fixture.publishAll(indexer);
            for (int run = 0; run < 3; run++) {
                assertThat(indexer.compactOnce().datasets()).isEqualTo(1);
                fixture.publishAll(indexer);
            }
            try (Base newest = fixture.open(fixture.newest())) {
                for (int dataset = 0; dataset < 3; dataset++) {
                    assertThat(newest.snapshot().files(dataset))
                            .allMatch(file -> file.key().contains("/compacted-"));
                }
            }
        }
        fixture.assertExact();
    }

    @Test
    void givesUpWhenTheIndexerEndsAndLeavesNothing() throws IOException {
        try (Indexer indexer = indexer()) {
            insert(indexer, 8);
            indexer.stopBesides();
            assertThat(indexer.compactOnce().isEmpty()).isTrue();
        }
        fixture.assertNoOrphans();
    }

    @Test
    void givesUpInTheMidstOfACompaction() throws IOException {
        var ending = new AtomicReference<Indexer>();
        var store =
                new FailingReads(
                        fixture.store,
                        key -> {
                            if (key.contains("/compacted-")) {
                                ending.get().stopBesides();
                            }
                        });
        try (Indexer indexer = indexer(store, SIX)) {
            ending.set(indexer);
            insert(indexer, 8);
            assertThat(indexer.compactOnce().isEmpty()).isTrue();
            assertThat(indexer.compactedBytesWaiting()).isZero();
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    /** What would change a count is never handed over, and nothing is compacted after it. */
    @Test
    void stopsForGoodWhenTheNewFilesDoNotHoldWhatTheOldOnesDo() throws IOException {
        try (Indexer indexer = indexer()) {
            insert(indexer, 8);
        }
        LakeFile one;
        LakeFile other;
        try (Base newest = fixture.open(fixture.newest())) {
            List<LakeFile> files = newest.snapshot().files(0);
            one = files.getFirst();
            other =
                    files.stream()
                            .filter(file -> file != one && file.bytes() == one.bytes())
                            .findFirst()
                            .orElseThrow();
        }
        byte[] first = fixture.store.get(one.key());
        var swapping =
                new FailingReads(
                        fixture.store,
                        key -> {
                            if (key.contains("/compacted-")) {
                                fixture.store.put(
                                        one.key(), ObjectBody.of(fixture.store.get(other.key())));
                            }
                        });
        try (Indexer indexer = indexer(swapping, SIX)) {
            indexer.publishOnce();
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(indexer::compactOnce)
                        .isInstanceOf(CompactionCheckException.class)
                        .hasMessageContaining("b0.example: +1 rows")
                        .hasMessageContaining(": -1 rows");
            }
            assertThat(indexer.compactedBytesWaiting()).isZero();
            fixture.store.put(one.key(), ObjectBody.of(first));
            insert(indexer, 1);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Test
    void readsBackWhatItUploadedAndMakesItAgain() throws IOException {
        var damages = new AtomicInteger(2);
        var damaging =
                new FailingReads(
                        fixture.store,
                        key -> {
                            if (key.contains("/compacted-") && damages.getAndDecrement() > 0) {
                                fixture.store.put(key, ObjectBody.of(new byte[] {1, 2, 3}));
                            }
                        });
        try (Indexer indexer = indexer(damaging, SIX)) {
            insert(indexer, 8);
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(indexer::compactOnce)
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(CompactionCheckException.class)
                        .hasMessageContaining("compacted-")
                        .hasMessageContaining("the store has 3");
            }
            assertThat(indexer.compactOnce().filesIn()).isEqualTo(8);
            assertThat(fixture.publishAll(indexer)).isEqualTo(1);
        }
        fixture.assertExact();
        fixture.assertNoOrphans();
    }

    @Tag("slow")
    @Test
    void aDomainIsHeldByTenFilesAtMostOverManySmallInserts() throws IOException {
        Random random = Seeded.random("CompactionTest");
        try (Indexer indexer = fixture.indexer()) {
            for (int flush = 1; flush <= 300; flush++) {
                fixture.landings.commit(
                        0,
                        Batch.insert(
                                "c4",
                                "http://a.example/" + flush,
                                "http://d%d.example/%d".formatted(random.nextInt(40), flush % 7)));
                fixture.clock.tick();
                if (flush % 3 > 0) {
                    continue;
                }
                indexer.publishOnce();
                indexer.compactOnce();
                if (flush % 30 == 0) {
                    fixture.publishAll(indexer);
                    try (Base newest = fixture.open(fixture.newest())) {
                        assertThat(newest.snapshot().postings(0, "a.example"))
                                .as("after %d", flush)
                                .hasSizeLessThanOrEqualTo(10);
                    }
                }
            }
        }
        fixture.assertExact();
    }

    private Indexer indexer() throws IOException {
        return indexer(fixture.store, SIX);
    }

    private Indexer indexer(ObjectStore store, CompactionSettings compaction) throws IOException {
        return fixture.indexer(store, settings(compaction));
    }

    private void insert(Indexer indexer, int flushes) throws IOException {
        for (int i = 0; i < flushes; i++) {
            int n = inserted++;
            fixture.landings.commit(
                    0,
                    Batch.insert(
                            "c4", "http://a.example/" + n, "http://b%d.example/".formatted(n)));
            indexer.publishOnce();
            fixture.clock.tick();
        }
    }

    private static int folded(Version before, Version after) {
        return (int)
                before.blocks()
                        .filter(block -> !after.names(block.id()))
                        .flatMap(block -> block.keys().stream())
                        .count();
    }
}
