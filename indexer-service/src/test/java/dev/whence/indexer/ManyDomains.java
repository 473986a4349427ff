package dev.whence.indexer;

import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPartition;
import dev.whence.catalog.Strategy;
import dev.whence.lake.LakeLayout;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlFileSummary;
import dev.whence.lake.UrlFileWriter;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A program of its own, to be run with a small heap: lets 400,000 rows wait, each a domain of its
 * own, and publishes them with the limits that a heap of this size has.
 */
final class ManyDomains {
    static final int ENTRIES = 8;
    static final int ROWS = 50_000;
    private static final LogPartition PARTITION = new LogPartition("topic", 0);

    private final ObjectStore store;
    private final Path directory;
    private final int datasetId;

    private ManyDomains(Path directory) throws IOException {
        this.directory = directory;
        this.store = ObjectStores.directory(Files.createDirectories(directory.resolve("store")));
        this.datasetId = new DatasetRegistry(store, Clock.systemUTC()).register("many", false).id();
        new CommitLog(store).register(PARTITION.topicId(), "topic", 1);
    }

    /** Prints how many domains the index holds in the end. */
    public static void main(String[] args) throws IOException {
        var domains = new ManyDomains(Path.of(args[0]));
        for (int entry = 0; entry < ENTRIES; entry++) {
            domains.commit(entry);
        }
        System.out.println(domains.publish());
    }

    private long publish() throws IOException {
        var settings =
                new IndexerSettings(
                        new PublishLimits(1_000, PublishLimits.defaultRows(), 1L << 30),
                        8,
                        12,
                        8,
                        1,
                        4,
                        Fixture.RETENTION,
                        false,
                        Duration.ofHours(1),
                        100,
                        Duration.ofHours(24),
                        MergeRunSettings.DEFAULT,
                        CompactionSettings.DEFAULT);
        long domains = 0;
        try (var indexer =
                new Indexer(
                        store,
                        directory.resolve("cache"),
                        settings,
                        Clock.systemUTC(),
                        new Random(1))) {
            while (indexer.publishOnce() instanceof Outcome.Published(var version, var report)) {
                domains = version.counts().domains();
            }
        }
        return domains;
    }

    private void commit(long slot) throws IOException {
        Path file = directory.resolve("landing.parquet");
        UrlFileSummary summary;
        try (var writer = new UrlFileWriter(file, UrlFileOptions.DEFAULT)) {
            for (int row = 0; row < ROWS; row++) {
                writer.write(TestRows.row("http://d%08d.example/".formatted(slot * ROWS + row)));
            }
            summary = writer.finish();
        }
        String key =
                LakeLayout.landingFile(
                        datasetId, PARTITION.topicId(), 0, slot, "fresh%021d".formatted(slot));
        store.put(key, ObjectBody.of(file));
        Files.delete(file);
        var landing =
                new LandingFile(
                        key,
                        datasetId,
                        Strategy.APPEND,
                        summary.rows(),
                        summary.bytes(),
                        summary.firstDomain(),
                        summary.lastDomain(),
                        summary.crc32c());
        new CommitLog(store)
                .append(
                        new LogEntry(
                                PARTITION,
                                slot,
                                slot + 1,
                                Clock.systemUTC().instant(),
                                "writer" + slot,
                                List.of(landing),
                                List.of(),
                                0,
                                null));
    }
}
