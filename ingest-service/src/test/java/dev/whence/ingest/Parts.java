package dev.whence.ingest;

import dev.whence.access.AccessChain;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogPartition;
import dev.whence.lake.ChunkPool;
import dev.whence.lake.RowCursor;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlRow;
import dev.whence.store.ObjectStore;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** The heart of ingest on a store, without Kafka: records go in where a test says. */
final class Parts implements AutoCloseable {
    static final LogPartition PARTITION = new LogPartition("topic-id", 0);
    static final String SPREAD = "spread-one";
    static final Duration ACCESS_MAX_AGE = Duration.ofMinutes(5);

    final ObjectStore store;
    final Conditions conditions = new Conditions();
    final IngestCounters counters = new IngestCounters();
    final List<DeadLetter> letters = new ArrayList<>();
    final CommitLog log;
    final Datasets datasets;
    final LandingFiles landing;
    final FlushCommit commit;
    final Intake intake;
    final ChunkPool pool;

    /** What the clock says by which rules grow old. */
    final AtomicLong nanos = new AtomicLong();

    final ExecutorService uploads = Executors.newFixedThreadPool(2);
    private final Path temporary;

    Parts(ObjectStore store, Path temporary) {
        this(store, temporary, BatchLimits.DEFAULT, List.of(), 64, _ -> true);
    }

    Parts(
            ObjectStore store,
            Path temporary,
            BatchLimits limits,
            List<SourceRoot> sources,
            int chunks,
            TopicCheck topics) {
        this.store = store;
        this.temporary = temporary;
        var retry = new Retry(conditions, ThreadLocalRandom.current());
        var ids = new FreshId(Clock.systemUTC(), ThreadLocalRandom.current());
        log = new CommitLog(store);
        datasets = new Datasets(new DatasetRegistry(store, Clock.systemUTC()), Set.of(SPREAD));
        pool = new ChunkPool(FlushLimits.CHUNK_BYTES, chunks);
        landing =
                new LandingFiles(
                        store, temporary, ids, datasets, UrlFileOptions.DEFAULT, retry, uploads);
        commit =
                new FlushCommit(
                        log, landing, datasets, topics, ids, Clock.systemUTC(), retry, counters);
        intake =
                new Intake(
                        new UrlCanonicalizer(PublicSuffixes.bundled()),
                        limits,
                        new PermittedSources(sources),
                        new FollowedTakedowns(
                                new AccessChain(store), retry, ACCESS_MAX_AGE, nanos::get),
                        datasets,
                        letters::add,
                        store,
                        retry,
                        counters);
    }

    Tenure tenure(long committed) {
        return new Tenure("topic", PARTITION, committed);
    }

    Flush flush(Tenure tenure, long slot) {
        return new Flush(tenure, slot, pool, temporary.resolve("rejects-" + System.nanoTime()), 0);
    }

    /** Takes a record as the reading thread would. */
    void take(Flush flush, long offset, String key, String message)
            throws AbandonedException, NoRoomException {
        take(flush, offset, key, message.getBytes(StandardCharsets.UTF_8), new Waits(this));
    }

    void take(Flush flush, long offset, String key, byte[] message, Patience patience)
            throws AbandonedException, NoRoomException {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        intake.take(flush, new BatchRecord(offset, keyBytes, message), patience);
    }

    List<LogEntry> entries() throws IOException {
        var entries = new ArrayList<LogEntry>();
        for (var entry = log.read(PARTITION, 0);
                entry.isPresent();
                entry = log.read(PARTITION, entry.get().nextOffset())) {
            entries.add(entry.get());
        }
        return entries;
    }

    List<String> urls(LogEntry entry) throws IOException {
        var urls = new ArrayList<String>();
        for (LandingFile file : entry.files()) {
            urls.addAll(urls(file));
        }
        return urls;
    }

    List<String> urls(LandingFile file) throws IOException {
        var urls = new ArrayList<String>();
        try (RowCursor cursor = UrlFile.open(store, file.key()).allRows()) {
            for (UrlRow row = cursor.next(); row != null; row = cursor.next()) {
                urls.add(row.url());
            }
        }
        return urls;
    }

    /** Local files that are there now. */
    List<String> localFiles() throws IOException {
        try (var files = java.nio.file.Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public void close() {
        uploads.shutdownNow();
        store.close();
    }

    /** Waits as the reading thread does, but for no other partition and for no group. */
    static class Waits implements Patience {
        private final Parts parts;
        int beats;

        Waits(Parts parts) {
            this.parts = parts;
        }

        @Override
        public void beat(Tenure tenure) throws AbandonedException {
            beats++;
            tenure.requireActive();
        }

        @Override
        public void sleep(Tenure tenure, long millis) throws AbandonedException {
            beat(tenure);
        }

        @Override
        public void makeRoom(Flush flush) throws AbandonedException, NoRoomException {
            if (flush.hasRecords()) {
                throw new NoRoomException();
            }
            parts.counters.spill();
            parts.landing.spill(flush, millis -> sleep(flush.tenure(), millis));
        }
    }
}
