package dev.whence.benchmarks;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPartition;
import dev.whence.catalog.RetentionRules;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.index.IndexSnapshot;
import dev.whence.indexer.CompactionSettings;
import dev.whence.indexer.Indexer;
import dev.whence.indexer.IndexerSettings;
import dev.whence.indexer.MergeRunSettings;
import dev.whence.indexer.Outcome;
import dev.whence.indexer.PublishLimits;
import dev.whence.lake.LakeLayout;
import dev.whence.lake.UrlFileOptions;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A lake in a directory whose landing files were committed as ingest would, and its indexer. */
final class ScaleLake implements AutoCloseable {
    private static final LogPartition PARTITION = new LogPartition("benchmark", 0);
    private static final int FILES_AN_ENTRY = 100;
    private static final PublishLimits ALL_AT_ONCE =
            new PublishLimits(100_000, 1_000_000_000, 1L << 50);

    private final Path directory;
    private final ObjectStore store;
    private final CommitLog log;
    private final DatasetRegistry datasets;
    private final FreshId ids = new FreshId(Clock.systemUTC(), new Random());
    private final Indexer indexer;
    private long slot;

    ScaleLake(Path directory) throws IOException {
        this.directory = directory;
        this.store = ObjectStores.directory(location());
        this.log = new CommitLog(store);
        this.datasets = new DatasetRegistry(store, Clock.systemUTC());
        log.register(PARTITION.topicId(), "benchmark", 1);
        var settings =
                new IndexerSettings(
                        ALL_AT_ONCE,
                        8,
                        12,
                        64,
                        2,
                        32,
                        new RetentionRules(Duration.ofHours(24), 100, Duration.ofHours(24)),
                        false,
                        Duration.ofHours(6),
                        100_000,
                        Duration.ofHours(24),
                        MergeRunSettings.DEFAULT,
                        CompactionSettings.DEFAULT);
        this.indexer =
                new Indexer(
                        store,
                        directory.resolve("cache"),
                        settings,
                        Clock.systemUTC(),
                        new Random());
    }

    Path location() {
        return directory.resolve("store");
    }

    /** Writes the rows as landing files and commits them. */
    void land(LandedRows rows, Strategy strategy) throws IOException {
        Path scratch = Files.createTempDirectory(directory, "landing-");
        List<String> names = rows.datasets();
        var files = new ArrayList<LandingFile>();
        for (LandedRows.Written written : rows.write(scratch, true, UrlFileOptions.DEFAULT)) {
            int dataset = datasets.register(names.get(written.dataset()), false).id();
            String key = LakeLayout.landingFile(dataset, PARTITION.topicId(), 0, slot, ids.next());
            store.put(key, ObjectBody.of(written.file()));
            Files.delete(written.file());
            var summary = written.summary();
            files.add(
                    new LandingFile(
                            key,
                            dataset,
                            strategy,
                            summary.rows(),
                            summary.bytes(),
                            summary.firstDomain(),
                            summary.lastDomain(),
                            summary.crc32c()));
            if (files.size() == FILES_AN_ENTRY) {
                commit(files);
            }
        }
        commit(files);
    }

    private void commit(List<LandingFile> files) throws IOException {
        log.append(
                new LogEntry(
                        PARTITION,
                        slot,
                        slot + 1,
                        Instant.now(),
                        ids.next(),
                        List.copyOf(files),
                        List.of(),
                        0,
                        null));
        slot++;
        files.clear();
    }

    /** Publishes everything that was committed. */
    Outcome.Published publish() throws IOException {
        return switch (indexer.publishOnce()) {
            case Outcome.Published published -> published;
            case Outcome other -> throw new IllegalStateException("not published: " + other);
        };
    }

    /** Folds whatever is due, as threads of the service do beside its publishing. */
    void fold() throws IOException {
        while (indexer.foldOnce().isPresent()) {
            // The next publish takes it in.
        }
    }

    /** Opens the index of a version as the query service does. */
    IndexSnapshot open(Version version) throws IOException {
        var cache = new BlockCache(store, directory.resolve("opened"));
        var generations = new ArrayList<Path>();
        for (var generation : version.generations()) {
            generations.add(cache.fetch(generation.block()));
        }
        var segments = new ArrayList<Path>();
        for (var segment : version.segments()) {
            segments.add(cache.fetch(segment.block()));
        }
        return IndexSnapshot.open(generations, segments);
    }

    /** The landing files for DuckDB, with the Hive columns of their paths. */
    String parquet() {
        return "read_parquet('" + location() + "/urls/*/*/*.parquet', hive_partitioning = true)";
    }

    @Override
    public void close() {
        indexer.close();
        store.close();
    }
}
