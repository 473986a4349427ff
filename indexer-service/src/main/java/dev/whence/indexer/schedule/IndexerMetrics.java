package dev.whence.indexer.schedule;

import dev.whence.catalog.IndexStack;
import dev.whence.indexer.CompactionReport;
import dev.whence.indexer.FoldReport;
import dev.whence.indexer.Indexer;
import dev.whence.indexer.MergeTotals;
import dev.whence.indexer.Outcome;
import dev.whence.indexer.Phase;
import dev.whence.indexer.PublishReport;
import dev.whence.indexer.PurgeReport;
import dev.whence.indexer.config.IndexerDiskConfig;
import dev.whence.merge.plan.Reason;
import dev.whence.store.CountingObjectStore;
import dev.whence.telemetry.DiskMetrics;
import dev.whence.telemetry.DiskRoom;
import dev.whence.telemetry.StoreMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the indexer does, as the metrics {@code whence.indexer.*}; docs/metrics.md lists them. All
 * are there from the start, with nothing counted: the first failure is a rise from nought, which an
 * alert sees, and not a series that begins at one.
 */
@ApplicationScoped
class IndexerMetrics {
    private static final String PREFIX = "whence.indexer.";

    private final MeterRegistry registry;
    private final IndexerDiskConfig disk;

    IndexerMetrics(MeterRegistry registry, IndexerDiskConfig disk) {
        this.registry = registry;
        this.disk = disk;
    }

    void bind(Indexer indexer, CountingObjectStore store, Path cacheDirectory) {
        StoreMetrics.bind(registry, "indexer", store);
        DiskMetrics.bind(registry, "indexer", DiskRoom.of(cacheDirectory, disk));
        IndexerGauges.bind(registry, indexer);
        beginPublishes();
        beginMerges();
        beginBesides();
    }

    /** Shows how long a thread's attempt takes, and for how long all have failed. */
    void watch(Worker worker) {
        Gauge.builder(PREFIX + "attempt.seconds", worker, w -> seconds(w.attemptTime()))
                .description("how long an attempt takes that is under way, 0 if none is")
                .tag("work", worker.what())
                .register(registry);
        Gauge.builder(PREFIX + "failing.seconds", worker, w -> seconds(w.failingTime()))
                .description(
                        "how long each attempt has failed, from the first to the last, 0 if the last one went well")
                .tag("work", worker.what())
                .register(registry);
    }

    private void beginPublishes() {
        begin("publishes", "attempts to publish", "outcome", "published", "lost", "failed");
        begin("rows", "rows of landing files", "result", "added", "known", "taken_down");
        begin("entries", "log entries taken in");
        begin("compared.rows", "rows of the lake that inserts were compared with");
        begin("folds.at.once", "folds within a publish, because a stack was too high");
        for (Phase phase : Phase.values()) {
            phaseTimer(phase);
        }
    }

    private void beginMerges() {
        begin("merge.batches", "batches of merges", "outcome", "merged", "refused", "expired");
        begin("merge.rows", "rows that merges changed", "result", "inserted", "updated", "deleted");
        begin("merge.files", "files of merges", "fate", "rewritten", "inserted", "removed");
        begin("merge.bytes", "bytes of merges", "direction", "read", "written", "copied");
        begin("merge.seconds", "spent in merges, summed where they ran side by side");
        begin(
                "merge.row.groups",
                "row groups of files that were merged into, by what decided of them",
                "reason",
                Arrays.stream(Reason.values()).map(Reason::text).toArray(String[]::new));
    }

    private void beginBesides() {
        begin("queue.runs", "what was made beside the publishing", "outcome", "failed");
        begin("compaction.runs", "runs of the compaction", "outcome", "done", "failed", "wrong");
        begin("compaction.files", "files of compactions", "direction", "in", "out");
        begin("compaction.bytes", "bytes of compactions", "direction", "read", "written");
        begin("compaction.rows", "rows that compactions moved");
        begin("compaction.seconds", "spent in compactions");
        begin("purge.runs", "looks for what is taken down", "outcome", "done", "failed");
        begin("purge.files", "files written anew without what is taken down, or emptied");
        begin("purge.rows", "rows that are taken down and gone from the lake");
        begin("purge.bytes", "bytes of the new files");
        begin("fold.runs", "folds of the index's stacks", "outcome", "done", "failed");
        begin("retire.runs", "runs that delete what is expired", "outcome", "done", "failed");
        begin("sweep.runs", "looks for orphans", "outcome", "done", "failed");
        begin("deleted", "objects deleted", "reason", "expired", "orphan");
        for (IndexStack stack : IndexStack.values()) {
            foldBytes(stack.text(), "read", 0);
            foldBytes(stack.text(), "written", 0);
            addSeconds("fold.seconds", Duration.ZERO, "stack", stack.text());
        }
    }

    /** A look for what is taken down, which may have found nothing. */
    void purged(PurgeReport report) {
        if (report.isEmpty()) {
            return;
        }
        add("purge.runs", 1, "outcome", "done");
        add("purge.files", report.filesPurged());
        add("purge.rows", report.rows());
        add("purge.bytes", report.bytesWritten());
    }

    void purgeFailed() {
        add("purge.runs", 1, "outcome", "failed");
    }

    /** A fold that is ready. */
    void folded(FoldReport report) {
        String stack = report.stack().text();
        add("fold.runs", 1, "outcome", "done");
        foldBytes(stack, "read", report.bytesRead());
        foldBytes(stack, "written", report.bytesWritten());
        addSeconds("fold.seconds", report.time(), "stack", stack);
    }

    void foldFailed() {
        add("fold.runs", 1, "outcome", "failed");
    }

    private void foldBytes(String stack, String direction, long bytes) {
        add("fold.bytes", bytes, "stack", stack, "direction", direction);
    }

    void queueRunFailed() {
        add("queue.runs", 1, "outcome", "failed");
    }

    /** A run of the compaction that did something, or nothing. */
    void compacted(CompactionReport report) {
        if (report.isEmpty()) {
            return;
        }
        add("compaction.runs", 1, "outcome", "done");
        add("compaction.files", report.filesIn(), "direction", "in");
        add("compaction.files", report.filesOut(), "direction", "out");
        add("compaction.rows", report.rows());
        add("compaction.bytes", report.bytesRead(), "direction", "read");
        add("compaction.bytes", report.bytesWritten(), "direction", "written");
        addSeconds("compaction.seconds", report.time());
    }

    void compactionFailed() {
        add("compaction.runs", 1, "outcome", "failed");
    }

    /** It would have changed what the lake holds. */
    void compactionWrong() {
        add("compaction.runs", 1, "outcome", "wrong");
    }

    void finished(Outcome outcome) {
        switch (outcome) {
            case Outcome.Idle idle -> {}
            case Outcome.Lost lost -> add("publishes", 1, "outcome", "lost");
            case Outcome.Published(var version, var report) -> published(report);
        }
    }

    void failed() {
        add("publishes", 1, "outcome", "failed");
    }

    /** A run of {@code retire} or {@code sweep} that is {@code done} or has {@code failed}. */
    void ran(String run, String outcome) {
        add(run + ".runs", 1, "outcome", outcome);
    }

    /** Objects that were deleted, because they were {@code expired} or an {@code orphan}. */
    void deleted(String reason, int objects) {
        add("deleted", objects, "reason", reason);
    }

    private void published(PublishReport report) {
        add("publishes", 1, "outcome", "published");
        report.times().forEach((phase, time) -> phaseTimer(phase).record(time));
        add("entries", report.entries());
        add("rows", report.rowsAdded(), "result", "added");
        add("rows", report.rowsKnown(), "result", "known");
        add("rows", report.rowsTakenDown(), "result", "taken_down");
        add("compared.rows", report.rowsCompared());
        add("folds.at.once", report.foldsAtOnce());
        merged(report.merges());
    }

    private void merged(MergeTotals merges) {
        add("merge.batches", merges.merged(), "outcome", "merged");
        add("merge.batches", merges.refused(), "outcome", "refused");
        add("merge.batches", merges.expired(), "outcome", "expired");
        add("merge.rows", merges.inserted(), "result", "inserted");
        add("merge.rows", merges.updated(), "result", "updated");
        add("merge.rows", merges.deleted(), "result", "deleted");
        add("merge.files", merges.filesRewritten(), "fate", "rewritten");
        add("merge.files", merges.filesInserted(), "fate", "inserted");
        add("merge.files", merges.filesRemoved(), "fate", "removed");
        add("merge.bytes", merges.bytesRead(), "direction", "read");
        add("merge.bytes", merges.bytesWritten(), "direction", "written");
        add("merge.bytes", merges.bytesCopied(), "direction", "copied");
        merges.rowGroups()
                .forEach((reason, count) -> add("merge.row.groups", count, "reason", reason));
        addSeconds("merge.seconds", merges.time());
    }

    private Timer phaseTimer(Phase phase) {
        return Timer.builder(PREFIX + "publish")
                .description("publishes, by phase")
                .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private void begin(String name, String description) {
        Counter.builder(PREFIX + name).description(description).register(registry);
    }

    private void begin(String name, String description, String tag, String... values) {
        for (String value : values) {
            Counter.builder(PREFIX + name)
                    .description(description)
                    .tag(tag, value)
                    .register(registry);
        }
    }

    private void add(String name, long amount, String... tags) {
        registry.counter(PREFIX + name, tags).increment((double) amount);
    }

    private void addSeconds(String name, Duration time, String... tags) {
        registry.counter(PREFIX + name, tags).increment(seconds(time));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
