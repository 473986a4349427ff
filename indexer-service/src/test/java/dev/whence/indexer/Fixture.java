package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.RetentionRules;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** A store with an ingest, and indexers on it. */
public final class Fixture {
    static final RetentionRules RETENTION =
            new RetentionRules(Duration.ofHours(24), 3, Duration.ofHours(24));

    private static final int MOST_IDLE = 50;

    /** Begins now, as the times that a store gives its objects do. */
    final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    final ObjectStore store;
    public final Landings landings;
    final VersionChain versions;
    private final Path directory;

    /** One for all indexers: with one each of the same seed, two would choose the same names. */
    private final Random random = new Random(11);

    Fixture(Path directory, int partitions) throws IOException {
        this(directory, ObjectStores.memory(), partitions);
    }

    public Fixture(Path directory, ObjectStore store, int partitions) throws IOException {
        this.directory = directory;
        this.store = store;
        this.landings = new Landings(store, directory.resolve("scratch"), clock, partitions);
        this.versions = new VersionChain(store);
    }

    static IndexerSettings settings() {
        return settings(new PublishLimits(1_000, 1_000_000, 1L << 30), 3, 4);
    }

    /** Every merge is queued. Blocks are not folded: that would be a version more. */
    static IndexerSettings queueing() {
        return settings(
                new PublishLimits(1_000, 1_000_000, 1L << 30), 32, 64, new MergeRunSettings(0, 1));
    }

    static IndexerSettings settings(PublishLimits limits, int fanOut, int mostLive) {
        return settings(limits, fanOut, mostLive, MergeRunSettings.DEFAULT);
    }

    static IndexerSettings settings(
            PublishLimits limits, int fanOut, int mostLive, MergeRunSettings merge) {
        return settings(
                limits,
                fanOut,
                mostLive,
                merge,
                new CompactionSettings(128 << 20, 3, 10, 1 << 30, Duration.ZERO));
    }

    /** Blocks are folded often. */
    static IndexerSettings folding(MergeRunSettings merge, CompactionSettings compaction) {
        return settings(new PublishLimits(1_000, 1_000_000, 1L << 30), 3, 4, merge, compaction);
    }

    private static IndexerSettings settings(
            PublishLimits limits,
            int fanOut,
            int mostLive,
            MergeRunSettings merge,
            CompactionSettings compaction) {
        return new IndexerSettings(
                limits,
                fanOut,
                mostLive,
                2,
                2,
                16,
                RETENTION,
                false,
                Duration.ofHours(1),
                1_000,
                Duration.ofHours(24),
                merge,
                compaction);
    }

    /** An indexer with an empty cache. */
    Indexer indexer() throws IOException {
        return indexer(store, settings());
    }

    Indexer indexer(ObjectStore through, IndexerSettings settings) throws IOException {
        return indexer(through, settings, Files.createTempDirectory(directory, "cache"));
    }

    Indexer indexer(ObjectStore through, IndexerSettings settings, Path cache) throws IOException {
        return new Indexer(through, cache, settings, clock, random);
    }

    /**
     * Publishes, and carries out what is queued, until there is nothing more to do, and says how
     * many versions came of it.
     */
    int publishAll(Indexer indexer) throws IOException {
        int idleRounds = 0;
        for (int published = 0; ; ) {
            clock.tick();
            switch (indexer.publishOnce()) {
                case Outcome.Idle idle -> {
                    if (!indexer.carryOutQueued()) {
                        if (indexer.datasetsQueued() == 0) {
                            return published;
                        }
                        if (++idleRounds == MOST_IDLE) {
                            throw new IllegalStateException("a queue does not end");
                        }
                        // It may be the compaction's turn.
                        indexer.compactOnce();
                    }
                }
                case Outcome.Published done -> published++;
                case Outcome.Lost lost -> {}
            }
        }
    }

    /** Publishes all, and takes out of the lake what is taken down. */
    void purgeAll(Indexer indexer) throws IOException {
        for (int round = 0; round < MOST_IDLE; round++) {
            publishAll(indexer);
            indexer.purgeOnce();
            if (publishAll(indexer) == 0 && indexer.takedownsDue().isEmpty()) {
                return;
            }
        }
        throw new IllegalStateException("a purge does not end");
    }

    public Version newest() throws IOException {
        return versions.latestFrom(0).orElseThrow();
    }

    /** Opens a version with an empty cache. */
    Base open(Version version) throws IOException {
        return Base.open(
                version, new BlockCache(store, Files.createTempDirectory(directory, "reader")));
    }

    /** The newest version holds what came in: row by row, count by count. */
    public void assertExact() throws IOException {
        try (Base newest = open(newest())) {
            landings.naive().assertHeldBy(newest, store);
        }
    }

    /** How many files of a dataset hold a domain. */
    public int filesWith(String dataset, String domain) throws IOException {
        try (Base newest = open(newest())) {
            return newest.snapshot().postings(landings.id(dataset), domain).size();
        }
    }

    public List<String> keys(String prefix) throws IOException {
        try (var objects = store.list(prefix)) {
            return objects.map(ObjectInfo::key).toList();
        }
    }

    public List<String> liveKeys() throws IOException {
        try (Base newest = open(newest())) {
            return newest.snapshot().files().map(file -> file.key()).toList();
        }
    }

    /**
     * Every object of the index and the lake is named by a readable version, or listed by the one
     * that superseded it.
     */
    void assertNoOrphans() throws IOException {
        Version newest = newest();
        var named = new HashSet<>(liveKeys());
        for (long number = newest.oldestRetained(); number <= newest.number(); number++) {
            Version version = versions.read(number).orElseThrow();
            version.blocks().forEach(block -> named.addAll(block.keys()));
        }
        for (long number = 1; number <= newest.number(); number++) {
            named.addAll(versions.read(number).orElseThrow().superseded());
        }
        assertThat(named).containsAll(keys("index/blocks/")).containsAll(keys("urls/"));
    }
}
