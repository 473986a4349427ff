package dev.whence.ingest.kafka;

import dev.whence.access.AccessChain;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.VersionChain;
import dev.whence.ingest.Conditions;
import dev.whence.ingest.Datasets;
import dev.whence.ingest.FlushCommit;
import dev.whence.ingest.FlushLimits;
import dev.whence.ingest.FlushThread;
import dev.whence.ingest.FollowedTakedowns;
import dev.whence.ingest.HeapShares;
import dev.whence.ingest.IngestCounters;
import dev.whence.ingest.IngestSettings;
import dev.whence.ingest.Intake;
import dev.whence.ingest.LandingFiles;
import dev.whence.ingest.PermittedSources;
import dev.whence.ingest.Retry;
import dev.whence.ingest.SourceRoot;
import dev.whence.lake.ChunkPool;
import dev.whence.lake.UrlFileOptions;
import dev.whence.store.ObjectStore;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The whole of ingest, put together and running, in two threads. */
public final class Ingest implements AutoCloseable {
    private static final int UPLOADS = 4;

    private final IngestCounters counters = new IngestCounters();
    private final Conditions conditions = new Conditions();
    private final Lags lags = new Lags();
    private final CommitNews news = new CommitNews();
    private final ChunkPool pool;
    private final Topics topics;
    private final KafkaDeadLetters deadLetters;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ExecutorService uploads;
    private final FlushThread writer;
    private final Assignment assignment;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Thread readingThread;

    private Ingest(
            IngestSettings settings,
            KafkaSettings kafka,
            ObjectStore store,
            List<SourceRoot> sources,
            Clock clock,
            RandomGenerator random) {
        var retry = new Retry(conditions, random);
        var ids = new FreshId(clock, random);
        var log = new CommitLog(store);
        var datasets = new Datasets(new DatasetRegistry(store, clock), settings.spreadDatasets());
        pool =
                new ChunkPool(
                        FlushLimits.CHUNK_BYTES,
                        Math.toIntExact(settings.flush().bufferBytes() / FlushLimits.CHUNK_BYTES));
        topics = new Topics(kafka);
        deadLetters = new KafkaDeadLetters(kafka, settings.batch().messageBytes());
        consumer =
                new KafkaConsumer<>(
                        kafka.consumer(HeapShares.ofThisProcess(), settings.batch().messageBytes()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        uploads =
                Executors.newFixedThreadPool(
                        UPLOADS, Thread.ofPlatform().daemon().name("ingest-upload-", 0).factory());
        var landing =
                new LandingFiles(
                        store,
                        settings.temporary(),
                        ids,
                        datasets,
                        UrlFileOptions.DEFAULT,
                        retry,
                        uploads);
        writer =
                new FlushThread(
                        new FlushCommit(
                                log, landing, datasets, topics, ids, clock, retry, counters),
                        conditions);
        var opening =
                new TenureOpening(
                        topics,
                        log,
                        new VersionChain(store),
                        ids,
                        clock,
                        settings.acceptLostRecords());
        assignment = new Assignment(consumer, opening, retry, conditions, lags);
        var polling = new Polling(consumer, assignment, retry);
        var flushes = new OpenFlushes(assignment, writer, landing, pool, settings.flush());
        var intake =
                new Intake(
                        new UrlCanonicalizer(PublicSuffixes.bundled()),
                        settings.batch(),
                        new PermittedSources(sources),
                        new FollowedTakedowns(
                                new AccessChain(store),
                                retry,
                                settings.accessMaxAge(),
                                System::nanoTime),
                        datasets,
                        deadLetters,
                        store,
                        retry,
                        counters);
        var reading =
                new ReadingThread(
                        kafka.topic(),
                        polling,
                        assignment,
                        flushes,
                        intake,
                        new ReadingPatience(polling, flushes, writer, landing, counters, stopping),
                        new GroupOffsets(consumer, assignment, lags, news),
                        news,
                        new TopicWatch(topics, kafka.topic(), assignment, retry, conditions),
                        writer,
                        settings.stopTimeout(),
                        conditions,
                        stopping);
        readingThread = Thread.ofPlatform().name("ingest-reader").unstarted(reading);
    }

    /**
     * Starts ingest. The broker and the store need not be there yet.
     *
     * @param store the lake and its catalog; stays open
     * @param sources what claim checks may name; stay open
     * @throws IOException if the temporary directory cannot be made and emptied
     */
    public static Ingest start(
            IngestSettings settings,
            KafkaSettings kafka,
            ObjectStore store,
            List<SourceRoot> sources,
            Clock clock,
            RandomGenerator random)
            throws IOException {
        empty(settings.temporary());
        var ingest = new Ingest(settings, kafka, store, sources, clock, random);
        ingest.writer.start();
        ingest.readingThread.start();
        return ingest;
    }

    private static void empty(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (DirectoryStream<Path> leftovers =
                Files.newDirectoryStream(directory, "*.{parquet,ndjson,zst}")) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
    }

    public IngestCounters counters() {
        return counters;
    }

    /** What keeps it from working at the moment. */
    public Conditions conditions() {
        return conditions;
    }

    public Lags lags() {
        return lags;
    }

    /** What comes and is committed, to be listened to. */
    public CommitNews news() {
        return news;
    }

    /** Bytes of rows in memory. */
    public long bufferedBytes() {
        return pool.usedBytes();
    }

    /** Whether the group has given us our share of the partitions. */
    public boolean hasJoined() {
        return assignment.hasJoined();
    }

    /** Whether both threads run; one that ended does not come back. */
    public boolean isAlive() {
        return readingThread.isAlive() && writer.isAlive();
    }

    /** Commits what is buffered if that is quick, drops the rest, and ends. */
    @Override
    public void close() {
        stopping.set(true);
        try {
            readingThread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.close();
        // Whoever waited for one has dropped it.
        uploads.shutdownNow();
        consumer.close();
        deadLetters.close();
        topics.close();
    }
}
