package dev.whence.indexer.schedule;

import dev.whence.catalog.ProcessLock;
import dev.whence.indexer.CompactionCheckException;
import dev.whence.indexer.CompactionReport;
import dev.whence.indexer.FoldReport;
import dev.whence.indexer.Indexer;
import dev.whence.indexer.Outcome;
import dev.whence.indexer.config.IndexerConfig;
import dev.whence.indexer.config.IndexerStoreConfig;
import dev.whence.indexer.config.IndexerTraceConfig;
import dev.whence.store.CountingObjectStore;
import dev.whence.store.ObjectStore;
import dev.whence.telemetry.Traces;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The indexer begins and ends with the application. Nothing of it is a bean that another service in
 * the same process could take for its own.
 */
@ApplicationScoped
class IndexerLifecycle {
    private static final System.Logger LOG = System.getLogger(IndexerLifecycle.class.getName());

    /** For all threads together. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final IndexerConfig config;
    private final IndexerStoreConfig storeConfig;
    private final IndexerTraceConfig traceConfig;
    private final IndexerMetrics metrics;
    private final Deletions deletions;
    private final AtomicBoolean besidesStarted = new AtomicBoolean();
    private volatile @Nullable Running running;

    private record Running(
            ProcessLock lock,
            ObjectStore store,
            Traces traces,
            Indexer indexer,
            Worker publishing,
            List<Worker> besides) {}

    IndexerLifecycle(
            IndexerConfig config,
            IndexerStoreConfig storeConfig,
            IndexerTraceConfig traceConfig,
            IndexerMetrics metrics) {
        this.config = config;
        this.storeConfig = storeConfig;
        this.traceConfig = traceConfig;
        this.metrics = metrics;
        this.deletions = new Deletions(metrics);
    }

    void start(@Observes StartupEvent event) throws IOException {
        var settings = config.settings();
        var random = new SecureRandom();
        var pollRhythm = new Rhythm(config.pollInterval(), random);
        var retireRhythm = new Rhythm(config.retireInterval(), random);
        var orphanRhythm = new Rhythm(config.orphanInterval(), random);
        var compactRhythm = new Rhythm(config.compaction().interval(), random);
        ProcessLock lock = hold(config.cacheDirectory());
        var store = new CountingObjectStore(storeConfig.open());
        var indexer =
                new Indexer(store, config.cacheDirectory(), settings, Clock.systemUTC(), random);
        metrics.bind(indexer, store, config.cacheDirectory());
        Traces traces = Traces.to(traceConfig, "whence-indexer");
        var trail = new IndexerTrail(traces, Clock.systemUTC());
        var retiring = new Worker("retire", retireRhythm, () -> retire(indexer));
        var sweeping = new Worker("orphan-sweep", orphanRhythm, () -> sweep(indexer));
        var purgeRhythm = new Rhythm(config.pollInterval(), random);
        var purging = new Worker("purge", purgeRhythm, () -> purge(indexer));
        var besides = new ArrayList<>(List.of(retiring, sweeping, purging));
        if (config.compaction().enabled()) {
            besides.add(new Worker("compact", compactRhythm, () -> compact(indexer)));
        }
        for (int thread = 1; thread <= config.merge().threads(); thread++) {
            var queueRhythm = new Rhythm(config.pollInterval(), random);
            besides.add(new Worker("queue-" + thread, queueRhythm, () -> carryOutQueued(indexer)));
        }
        for (int thread = 1; thread <= Indexer.FOLD_THREADS; thread++) {
            var foldRhythm = new Rhythm(config.pollInterval(), random);
            besides.add(new Worker("fold-" + thread, foldRhythm, () -> fold(indexer)));
        }
        var publishing =
                new Worker(
                        "publish",
                        pollRhythm,
                        () -> {
                            boolean again = publish(indexer, trail);
                            startBesides(indexer, besides);
                            return again;
                        });
        running = new Running(lock, store, traces, indexer, publishing, List.copyOf(besides));
        workers().forEach(metrics::watch);
        publishing.start();
    }

    /**
     * Begins as soon as there is a version: without one nothing can be proved unused, and the first
     * sweep would come an interval later.
     */
    private void startBesides(Indexer indexer, List<Worker> besides) {
        if (indexer.version() > 0 && besidesStarted.compareAndSet(false, true)) {
            besides.forEach(Worker::start);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        Running parts = running;
        if (parts != null) {
            parts.besides().forEach(Worker::stopSoon);
            parts.indexer().stopBesides();
            long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
            parts.publishing().awaitEnd(deadline);
            if (besidesStarted.get()) {
                parts.besides().forEach(worker -> worker.awaitEnd(deadline));
            }
            parts.traces().close();
            parts.indexer().close();
            parts.store().close();
            release(parts.lock());
        }
    }

    /** Beside the directory: whatever lies in it and is no block of the index is thrown away. */
    private static ProcessLock hold(Path cacheDirectory) throws IOException {
        Path file = cacheDirectory.resolveSibling(cacheDirectory.getFileName() + "-lock");
        return ProcessLock.hold(cacheDirectory, file, "whence.indexer.cache-directory");
    }

    private static void release(ProcessLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The cache directory stays locked until the process ends", e);
        }
    }

    /** All threads; none until the application has started. */
    List<Worker> workers() {
        Running parts = running;
        if (parts == null) {
            return List.of();
        }
        var workers = new ArrayList<>(parts.besides());
        workers.add(parts.publishing());
        return workers;
    }

    /** The thread that publishes; null until the application has started. */
    @Nullable Worker publishing() {
        Running parts = running;
        return parts == null ? null : parts.publishing();
    }

    /**
     * Why a queue could not be carried out, whichever thread tried; null if all could. What a
     * thread did last says less: it may have been another queue.
     */
    @Nullable String queueProblem() {
        Running parts = running;
        return parts == null ? null : parts.indexer().queueProblem().orElse(null);
    }

    /** The newest version that the indexer knows, 0 for none. */
    long version() {
        Running parts = running;
        return parts == null ? 0 : parts.indexer().version();
    }

    private boolean publish(Indexer indexer, IndexerTrail trail) throws IOException {
        Outcome outcome;
        try {
            outcome = indexer.publishOnce();
        } catch (IOException | RuntimeException e) {
            metrics.failed();
            throw e;
        }
        metrics.finished(outcome);
        return switch (outcome) {
            case Outcome.Idle idle -> false;
            case Outcome.Lost lost -> true;
            case Outcome.Published published -> {
                var version = published.version();
                var report = published.report();
                trail.published(published);
                LOG.log(
                        Level.INFO,
                        "Published version {0}: {1} entries, {2} rows new, {3} known, {4}",
                        Long.toString(version.number()),
                        report.entries(),
                        report.rowsAdded(),
                        report.rowsKnown(),
                        report.times());
                yield report.waiting() > 0;
            }
        };
    }

    private boolean compact(Indexer indexer) throws IOException {
        try {
            CompactionReport report = indexer.compactOnce();
            metrics.compacted(report);
            return false;
        } catch (CompactionCheckException e) {
            metrics.compactionWrong();
            throw e;
        } catch (IOException | RuntimeException e) {
            metrics.compactionFailed();
            throw e;
        }
    }

    private boolean purge(Indexer indexer) throws IOException {
        try {
            metrics.purged(indexer.purgeOnce());
            return false;
        } catch (IOException | RuntimeException e) {
            metrics.purgeFailed();
            throw e;
        }
    }

    private boolean carryOutQueued(Indexer indexer) throws IOException {
        try {
            return indexer.carryOutQueued();
        } catch (IOException | RuntimeException e) {
            metrics.queueRunFailed();
            throw e;
        }
    }

    private boolean fold(Indexer indexer) throws IOException {
        try {
            Optional<FoldReport> report = indexer.foldOnce();
            report.ifPresent(metrics::folded);
            return report.isPresent();
        } catch (IOException | RuntimeException e) {
            metrics.foldFailed();
            throw e;
        }
    }

    private boolean retire(Indexer indexer) throws IOException {
        return deletions.run("retire", "expired", indexer::retire, indexer::expiredLeft) > 0;
    }

    private boolean sweep(Indexer indexer) throws IOException {
        deletions.run("sweep", "orphan", indexer::sweepOrphans, indexer::orphansLeft);
        return false;
    }
}
