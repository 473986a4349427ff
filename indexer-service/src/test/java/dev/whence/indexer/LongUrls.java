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
 * A program of its own, to be run with a small heap: fills a dataset with files of long URLs that
 * take next to nothing on disk and much in memory, and inserts one row more.
 */
final class LongUrls {
    static final int FILES = 8;
    static final int ROWS = 2_000;
    private static final LogPartition PARTITION = new LogPartition("topic", 0);
    private static final String PATH = "/" + "long".repeat(3_750);

    private final ObjectStore store;
    private final Path directory;
    private final int datasetId;

    private LongUrls(Path directory) throws IOException {
        this.directory = directory;
        this.store = ObjectStores.directory(Files.createDirectories(directory.resolve("store")));
        this.datasetId = new DatasetRegistry(store, Clock.systemUTC()).register("long", false).id();
        new CommitLog(store).register(PARTITION.topicId(), "topic", 1);
    }

    /** Prints how many URLs the dataset holds in the end. */
    public static void main(String[] args) throws IOException {
        var urls = new LongUrls(Path.of(args[0]));
        for (int file = 0; file < FILES; file++) {
            urls.commit(file, Strategy.APPEND, file * ROWS, ROWS);
        }
        urls.commit(FILES, Strategy.INSERT, 0, 1);
        urls.commit(FILES + 1, Strategy.INSERT, FILES * ROWS, 1);
        System.out.println(urls.publish());
    }

    private long publish() throws IOException {
        var settings =
                new IndexerSettings(
                        new PublishLimits(1, 1_000_000, 1L << 30),
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
        long urls = 0;
        try (var indexer =
                new Indexer(
                        store,
                        directory.resolve("cache"),
                        settings,
                        Clock.systemUTC(),
                        new Random(1))) {
            while (indexer.publishOnce() instanceof Outcome.Published(var version, var report)) {
                urls = version.counts().urls();
            }
        }
        return urls;
    }

    private void commit(long slot, Strategy strategy, int first, int rows) throws IOException {
        Path file = directory.resolve("landing.parquet");
        UrlFileSummary summary;
        try (var writer = new UrlFileWriter(file, UrlFileOptions.DEFAULT)) {
            for (int row = first; row < first + rows; row++) {
                writer.write(TestRows.row("http://long.example%s%08d".formatted(PATH, row)));
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
                        strategy,
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
