package dev.whence.indexer;

import dev.whence.catalog.BatchFileName;
import dev.whence.catalog.BatchPart;
import dev.whence.catalog.Commit;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.DatasetTally;
import dev.whence.catalog.Effect;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPartition;
import dev.whence.catalog.LoggedMerge;
import dev.whence.catalog.RewriteMode;
import dev.whence.catalog.Strategy;
import dev.whence.lake.LakeLayout;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlFileSummary;
import dev.whence.lake.UrlFileWriter;
import dev.whence.lake.UrlRow;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Writes landing files and log entries as an ingest does, and keeps what each dataset must hold.
 */
public final class Landings {
    static final String TOPIC = "topic-a_1";

    private static final UrlFileOptions SMALL = new UrlFileOptions(1, 100, 1 << 20, true);

    private final ObjectStore store;
    private final Path scratch;
    private final TestClock clock;
    private final CommitLog log;
    private final DatasetRegistry datasets;
    private final FreshId ids;
    private final Map<Integer, Long> slots = new HashMap<>();
    private final NaiveLake naive = new NaiveLake();
    private UrlFileOptions options = SMALL;

    /** What one flush brings to a dataset. */
    public record Batch(String dataset, Effect effect, List<String> urls) {
        Batch(String dataset, Strategy strategy, List<String> urls) {
            this(dataset, Effect.of(strategy), urls);
        }

        public static Batch of(String dataset, Strategy strategy, String... urls) {
            return new Batch(dataset, strategy, List.of(urls));
        }

        static Batch retraction(String dataset) {
            return new Batch(dataset, Effect.retraction(), List.of());
        }

        static Batch part(
                String dataset, Strategy strategy, long number, boolean last, String... urls) {
            var part = new BatchPart("nightly", number, last);
            return new Batch(
                    dataset,
                    new Effect(strategy, RewriteMode.AUTO, null, part, false),
                    List.of(urls));
        }

        Strategy strategy() {
            return effect.strategy();
        }

        static Batch append(String dataset, String... urls) {
            return new Batch(dataset, Strategy.APPEND, List.of(urls));
        }

        public static Batch insert(String dataset, String... urls) {
            return new Batch(dataset, Strategy.INSERT, List.of(urls));
        }
    }

    Landings(ObjectStore store, Path scratch, TestClock clock, int partitions) throws IOException {
        this.store = store;
        this.scratch = Files.createDirectories(scratch);
        this.clock = clock;
        this.log = new CommitLog(store);
        this.datasets = new DatasetRegistry(store, clock);
        this.ids = new FreshId(clock, new Random(7));
        log.register(TOPIC, "whence.url-batches", partitions);
    }

    /** From now on, files have the column {@code url_id} or not. */
    void write(boolean urlIds) {
        options = new UrlFileOptions(1, 100, 1 << 20, urlIds);
    }

    NaiveLake naive() {
        return naive;
    }

    int id(String dataset) throws IOException {
        return datasets.register(dataset, false).id();
    }

    /** Commits one flush of a partition. */
    public LogEntry commit(int partition, Batch... batches) throws IOException {
        return commit(partition, null, true, batches);
    }

    /** Commits one flush that changes nothing of what must be held. */
    LogEntry commitUnnoticed(int partition, Batch batch) throws IOException {
        return commit(partition, null, false, batch);
    }

    /** Commits a flush that took no URL and names a rejects file. */
    LogEntry commitRejects(int partition, String rejectsFile) throws IOException {
        return commit(partition, rejectsFile, true);
    }

    private LogEntry commit(
            int partition, @Nullable String rejectsFile, boolean noticed, Batch... batches)
            throws IOException {
        long slot = slots.getOrDefault(partition, 0L);
        var files = new ArrayList<LandingFile>();
        var merges = new ArrayList<LoggedMerge>();
        var tallies = new ArrayList<DatasetTally>();
        for (Batch batch : batches) {
            int id = id(batch.dataset());
            long urls = batch.urls().size();
            tallies.add(new DatasetTally(id, urls + 1, urls, Map.of("no_host", 1L)));
            List<LandingFile> landed =
                    urls > 0 ? List.of(land(id, partition, slot, batch)) : List.of();
            if (batch.strategy().onlyAdds()) {
                files.addAll(landed);
            } else {
                merges.add(new LoggedMerge(id, batch.effect(), files.size(), landed));
            }
            if (noticed) {
                naive.take(batch);
            }
        }
        var entry =
                new LogEntry(
                        new LogPartition(TOPIC, partition),
                        slot,
                        slot + batches.length + 1,
                        clock.tick(),
                        ids.next(),
                        files,
                        tallies,
                        0,
                        rejectsFile,
                        merges);
        if (!(log.append(entry) instanceof Commit.Done<LogEntry>)) {
            throw new IllegalStateException("slot " + slot + " was taken");
        }
        slots.put(partition, entry.nextOffset());
        return entry;
    }

    /** Uploads a landing file for a slot, and no entry. */
    LandingFile land(int datasetId, int partition, long slot, Batch batch) throws IOException {
        List<UrlRow> rows = batch.urls().stream().map(TestRows::row).sorted(UrlRow.ORDER).toList();
        Path file = scratch.resolve(ids.next() + ".parquet");
        UrlFileSummary summary;
        try (var writer = new UrlFileWriter(file, options)) {
            UrlRow last = null;
            for (UrlRow row : rows) {
                if (batch.strategy() != Strategy.INSERT
                        || last == null
                        || UrlRow.ORDER.compare(last, row) != 0) {
                    writer.write(row);
                }
                last = row;
            }
            summary = writer.finish();
        }
        String key =
                batch.strategy().onlyAdds()
                        ? LakeLayout.landingFile(datasetId, TOPIC, partition, slot, ids.next())
                        : new BatchFileName(new LogPartition(TOPIC, partition), slot)
                                .key(ids.next());
        store.put(key, ObjectBody.of(file));
        Files.delete(file);
        return new LandingFile(
                key,
                datasetId,
                batch.strategy(),
                summary.rows(),
                summary.bytes(),
                summary.firstDomain(),
                summary.lastDomain(),
                summary.crc32c());
    }
}
