package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.BlockName;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogPartition;
import dev.whence.catalog.RejectsName;
import dev.whence.catalog.RetentionRules;
import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import dev.whence.lake.LakeLayout;
import dev.whence.store.AccessDeniedException;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.url.DomainPrefix;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTest {
    @TempDir Path directory;
    Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(directory, 1);
    }

    @Test
    void deletesASupersededLandingFileWhenRetentionAndGraceHavePassed() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            publish(indexer, "http://a.example/1");
            String landing = publish(indexer, "http://a.example/1");
            assertThat(fixture.newest().superseded()).contains(landing);

            publishFew(indexer, 2);
            fixture.clock.advance(Duration.ofHours(23));
            publishFew(indexer, 2);
            assertThat(fixture.newest().oldestRetained()).isEqualTo(1);
            fixture.clock.advance(Duration.ofHours(2));
            publishFew(indexer, 1);
            assertThat(fixture.newest().oldestRetained()).isGreaterThan(2);
            assertThat(fixture.newest().deletedUpTo()).isZero();
            assertThat(fixture.keys("urls/")).contains(landing);

            fixture.clock.advance(Duration.ofHours(23));
            assertThat(indexer.retire()).isZero();
            fixture.clock.advance(Duration.ofHours(2));
            assertThat(indexer.retire()).isPositive();
            assertThat(indexer.deletionDueSince()).isEmpty();
            assertThat(fixture.keys("urls/")).doesNotContain(landing);
            assertThat(indexer.retire()).isZero();

            publishFew(indexer, 1);
            assertThat(fixture.newest().deletedUpTo()).isGreaterThan(2);
        }
        fixture.assertExact();
    }

    @Tag("slow")
    @Test
    void aVersionIsAsLargeAsWhatItChangedHoweverManyThereAre() throws IOException {
        var bytes = new ArrayList<Long>();
        try (Indexer indexer = fixture.indexer()) {
            for (int number = 1; number <= 300; number++) {
                publish(indexer, "http://d%03d.example/".formatted(number));
                bytes.add(
                        fixture.store.head("index/versions/%020d.json".formatted(number)).bytes());
            }
        }
        // Past the point where both stacks are as high as they get; 150 bytes for longer numbers.
        long early = Collections.max(bytes.subList(30, 110));
        long late = Collections.max(bytes.subList(220, 300));
        assertThat(late).isLessThanOrEqualTo(early + 150);
    }

    @Test
    void keepsEveryReadableVersionWhole() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            for (int day = 0; day < 7; day++) {
                publish(indexer, "http://d%d.example/".formatted(day));
                publish(indexer, "http://d%d.example/".formatted(day));
                fixture.clock.advance(Duration.ofHours(9));
                indexer.retire();
                long oldest = fixture.newest().oldestRetained();
                for (long number = oldest; number <= fixture.newest().number(); number++) {
                    fixture.open(fixture.versions.read(number).orElseThrow()).close();
                }
            }
            assertThat(fixture.newest().oldestRetained()).isGreaterThan(5);
        }
        fixture.assertExact();
    }

    @Test
    void saysHowMuchItMayNotDelete() throws IOException {
        ObjectStore mayNotDelete =
                WatchedStore.of(
                        fixture.store,
                        (method, key) -> {
                            if (method.equals("delete")) {
                                throw new AccessDeniedException(key, "may not delete " + key, null);
                            }
                        },
                        WatchedStore.Watch.NONE);
        try (Indexer indexer = fixture.indexer(mayNotDelete, Fixture.settings())) {
            orphanBlock(1);
            publish(indexer, "http://a.example/1");
            publish(indexer, "http://a.example/1");
            fixture.clock.advance(Duration.ofHours(25));
            publishFew(indexer, 4);
            fixture.clock.advance(Duration.ofHours(25));
            publishFew(indexer, 1);
            fixture.clock.advance(Duration.ofHours(25));
            assertThat(indexer.retire()).isZero();
            assertThat(indexer.expiredLeft()).isPositive();
            assertThat(indexer.deletionDueSince()).isPresent();
            assertThat(indexer.sweepOrphans()).isZero();
            assertThat(indexer.orphansLeft()).isEqualTo(1);
        }
    }

    @Test
    void deletesTheSameAgainAfterARestart() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            publish(indexer, "http://a.example/1");
            publish(indexer, "http://a.example/1");
            fixture.clock.advance(Duration.ofHours(25));
            publishFew(indexer, 4);
            fixture.clock.advance(Duration.ofHours(25));
            publishFew(indexer, 1);
            fixture.clock.advance(Duration.ofHours(25));
            assertThat(indexer.retire()).isPositive();
        }
        try (Indexer restarted = fixture.indexer()) {
            restarted.publishOnce();
            assertThat(restarted.retire()).isPositive();
            publishFew(restarted, 1);
            fixture.assertExact();
        }
    }

    @Test
    void deletesNothingInADryRun() throws IOException {
        var settings = Fixture.settings();
        var dry =
                new IndexerSettings(
                        settings.limits(),
                        3,
                        4,
                        2,
                        2,
                        16,
                        new RetentionRules(Duration.ZERO, 1, Duration.ZERO),
                        true,
                        Duration.ZERO,
                        1_000,
                        Duration.ofHours(24),
                        MergeRunSettings.DEFAULT,
                        CompactionSettings.DEFAULT);
        try (Indexer indexer = fixture.indexer(fixture.store, dry)) {
            orphanBlock(1);
            publish(indexer, "http://a.example/1");
            publish(indexer, "http://a.example/1");
            publishFew(indexer, 3);
            List<String> before = fixture.keys("");
            assertThat(fixture.newest().oldestRetained()).isGreaterThan(2);
            assertThat(indexer.retire()).isZero();
            assertThat(indexer.sweepOrphans()).isZero();
            assertThat(fixture.keys("")).isEqualTo(before);
            assertThat(indexer.deletionDueSince())
                    .as("it rises while nothing is deleted")
                    .hasValueSatisfying(
                            since -> assertThat(since).isBeforeOrEqualTo(fixture.clock.instant()));
            publishFew(indexer, 1);
            assertThat(fixture.newest().deletedUpTo()).isZero();
        }
    }

    @Test
    void sweepsOnlyWhatNobodyCanEverName() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            publish(indexer, "http://a.example/1");
            publish(indexer, "http://a.example/1");
            publishFew(indexer, 2);
            List<String> before = fixture.keys("");

            var batch = Batch.append("c4", "http://z.example/");
            LandingFile zombie = fixture.landings.land(0, 0, 0, batch);
            LandingFile inFlight = fixture.landings.land(0, 0, 1_000, batch);
            String lostBlock = orphanBlock(2);
            String nextBlock = orphanBlock(fixture.newest().number() + 1);
            String lostPart = orphanPart(3);
            String nextPart = orphanPart(fixture.newest().number() + 1);
            var early = new RejectsName(new LogPartition(Landings.TOPIC, 0), 0);
            var late = new RejectsName(new LogPartition(Landings.TOPIC, 0), 1_000);
            String lostRejects = put(early.key(freshId()));
            String nextRejects = put(late.key(freshId()));
            String foreign = "urls/dataset_id=0/notes.txt";
            put(foreign);

            assertThat(indexer.sweepOrphans()).isZero();
            fixture.clock.advance(Duration.ofHours(2));
            assertThat(indexer.sweepOrphans()).isEqualTo(4);

            assertThat(fixture.keys(""))
                    .containsAll(before)
                    .contains(inFlight.key(), nextBlock, nextPart, nextRejects, foreign)
                    .doesNotContain(zombie.key(), lostBlock, lostPart, lostRejects);
            publishFew(indexer, 1);
            assertThat(indexer.sweepOrphans()).isEqualTo(2);
        }
        fixture.assertExact();
    }

    @Test
    void keepsTheRejectsFileThatAnEntryNames() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            var name = new RejectsName(new LogPartition(Landings.TOPIC, 0), 0);
            String named = put(name.key(freshId()));
            String unnamed = put(name.key(freshId()));
            fixture.landings.commitRejects(0, named);
            publishFew(indexer, 1);
            fixture.clock.advance(Duration.ofHours(2));
            assertThat(indexer.sweepOrphans()).isEqualTo(1);
            assertThat(fixture.keys("ingest/rejects/"))
                    .containsExactly(named)
                    .doesNotContain(unnamed);
        }
    }

    @Test
    void keepsWhatWasMadeForAVersionThatCannotBeRead() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            publishFew(indexer, 3);
            String block = orphanBlock(2);
            put("index/versions/%020d.json".formatted(2));
            fixture.clock.advance(Duration.ofHours(2));
            String other = orphanBlock(3);
            assertThat(indexer.sweepOrphans()).isEqualTo(1);
            assertThat(fixture.keys(BlockName.ROOT)).contains(block).doesNotContain(other);
        }
    }

    @Test
    void oneSweepGoesThroughAllFoldersIfItMay() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            for (int dataset = 0; dataset < 5; dataset++) {
                fixture.landings.commit(0, Batch.append("d" + dataset, "http://a.example/"));
            }
            fixture.publishAll(indexer);
            for (int dataset = 0; dataset < 5; dataset++) {
                put(LakeLayout.part(dataset, LakeLayout.NO_PREFIX, 1, freshId()));
            }
            orphanBlock(1);
            fixture.clock.advance(Duration.ofHours(2));
            assertThat(indexer.sweepOrphans()).isEqualTo(6);
        }
    }

    @Test
    void reachesEveryFolderHoweverOftenItIsRestarted() throws IOException {
        int orphans = 6;
        try (Indexer indexer = fixture.indexer()) {
            for (int dataset = 0; dataset < orphans; dataset++) {
                fixture.landings.commit(0, Batch.append("d" + dataset, "http://a.example/"));
            }
            fixture.publishAll(indexer);
        }
        for (int dataset = 0; dataset < orphans; dataset++) {
            // Before all other keys of its folder: two keys are looked at after each restart.
            String part = LakeLayout.part(dataset, LakeLayout.NO_PREFIX, 1, freshId());
            put(part.replace("__HIVE_DEFAULT_PARTITION__", "0"));
        }
        fixture.clock.advance(Duration.ofHours(2));
        int deleted = 0;
        for (int restart = 0; restart < 200 && deleted < orphans; restart++) {
            try (Indexer restarted = fixture.indexer(fixture.store, settingsOfTwoKeys())) {
                restarted.publishOnce();
                deleted += restarted.sweepOrphans();
            }
        }
        assertThat(deleted).isEqualTo(orphans);
    }

    @Test
    void goesOnWhereTheLastSweepEnded() throws IOException {
        try (Indexer indexer = fixture.indexer(fixture.store, settingsOfTwoKeys())) {
            publishFew(indexer, 3);
            for (int orphan = 0; orphan < 5; orphan++) {
                orphanBlock(1);
                orphanPart(2);
            }
            fixture.clock.advance(Duration.ofHours(2));
            int deleted = 0;
            for (int run = 0; run < 40; run++) {
                int some = indexer.sweepOrphans();
                assertThat(some).isLessThanOrEqualTo(2);
                deleted += some;
            }
            assertThat(deleted).isEqualTo(10);
        }
    }

    /** The sweep of another process knows nothing of the compaction but the names of its files. */
    @Test
    void keepsCompactedFilesAsLongAsAVersionMayTakeThemIn() throws IOException {
        try (Indexer indexer = fixture.indexer();
                Indexer other = fixture.indexer()) {
            publishFew(indexer, 8);
            long base = indexer.version();
            assertThat(indexer.compactOnce().isEmpty()).isFalse();
            List<String> waiting = compactedKeys();
            assertThat(waiting).isNotEmpty();
            other.publishOnce();
            fixture.clock.advance(Duration.ofDays(30));
            assertThat(other.sweepOrphans()).isZero();
            fixture.publishAll(indexer);
            assertThat(indexer.compactions().taken()).isEqualTo(1);

            String orphan = put(LakeLayout.compacted(0, new DomainPrefix("a"), base, freshId()));
            fixture.clock.advance(Duration.ofDays(30));
            advanceChain(base + LakeName.Compacted.MOST_VERSIONS - 1);
            other.publishOnce();
            assertThat(other.sweepOrphans()).as("the last taker is to come").isZero();
            advanceChain(base + LakeName.Compacted.MOST_VERSIONS);
            other.publishOnce();
            assertThat(other.sweepOrphans()).isEqualTo(1);
            assertThat(compactedKeys()).isEqualTo(waiting).doesNotContain(orphan);
        }
        fixture.assertExact();
    }

    @Test
    void keepsACompactedFileThatAnOlderVersionNames() throws IOException {
        try (Indexer indexer = fixture.indexer()) {
            publishFew(indexer, 8);
            long base = indexer.version();
            indexer.compactOnce();
            fixture.publishAll(indexer);
            List<String> taken = compactedKeys();
            fixture.landings.commit(0, Batch.retraction("c4"));
            fixture.publishAll(indexer);
            advanceChain(base + LakeName.Compacted.MOST_VERSIONS);
            fixture.clock.advance(Duration.ofDays(30));
            indexer.publishOnce();
            indexer.sweepOrphans();
            assertThat(compactedKeys()).isEqualTo(taken);
        }
    }

    private List<String> compactedKeys() throws IOException {
        return fixture.keys("urls/").stream().filter(key -> key.contains("/compacted-")).toList();
    }

    /** Publishes versions that change nothing up to a number. */
    private void advanceChain(long number) throws IOException {
        for (Version last = fixture.newest(); last.number() < number; ) {
            var next =
                    new Version(
                            last.format(),
                            last.number() + 1,
                            last.publishedAt(),
                            freshId(),
                            last.urlProfile(),
                            last.suffixListDate(),
                            last.generations(),
                            last.segments(),
                            last.datasetTable(),
                            last.positions(),
                            List.of(),
                            last.counts(),
                            last.nextFileId(),
                            last.oldestRetained(),
                            last.deletedUpTo(),
                            List.of(),
                            List.of());
            fixture.versions.publish(next);
            last = next;
        }
    }

    private static IndexerSettings settingsOfTwoKeys() {
        var settings = Fixture.settings();
        return new IndexerSettings(
                settings.limits(),
                3,
                4,
                2,
                2,
                16,
                Fixture.RETENTION,
                false,
                Duration.ofHours(1),
                2,
                Duration.ofHours(24),
                MergeRunSettings.DEFAULT,
                CompactionSettings.DEFAULT);
    }

    private String publish(Indexer indexer, String url) throws IOException {
        String key = fixture.landings.commit(0, Batch.insert("c4", url)).files().getFirst().key();
        fixture.publishAll(indexer);
        return key;
    }

    private void publishFew(Indexer indexer, int versions) throws IOException {
        for (int i = 0; i < versions; i++) {
            publish(indexer, "http://a.example/" + fixture.clock.tick());
        }
    }

    private String orphanBlock(long version) throws IOException {
        return put(BlockName.key(BlockName.id(version, freshId()), "files"));
    }

    private String orphanPart(long version) throws IOException {
        return put(LakeLayout.part(0, LakeLayout.NO_PREFIX, version, freshId()));
    }

    private String put(String key) throws IOException {
        fixture.store.put(key, ObjectBody.of(new byte[1]));
        return key;
    }

    private String freshId() {
        return new FreshId(fixture.clock, new Random()).next();
    }
}
