package dev.whence.indexer.schedule;

import dev.whence.access.Takedown;
import dev.whence.catalog.IndexStack;
import dev.whence.indexer.CompactionReport;
import dev.whence.indexer.FoldReport;
import dev.whence.indexer.Indexer;
import dev.whence.indexer.MergeTotals;
import dev.whence.indexer.Outcome;
import dev.whence.indexer.PublishReport;
import dev.whence.indexer.PurgeReport;
import dev.whence.indexer.ReadyTotals;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the indexer does, as the metrics {@code whence.indexer.*}; docs/indexer.md lists them. */
@ApplicationScoped
class IndexerMetrics {
    private static final String PREFIX = "whence.indexer.";

    private final MeterRegistry registry;

    IndexerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void bind(Indexer indexer) {
        Gauge.builder(PREFIX + "version", indexer, Indexer::version)
                .description("the newest version that the indexer knows")
                .register(registry);
        Gauge.builder(PREFIX + "entries.behind", indexer, Indexer::entriesBehind)
                .description("log entries known to be committed and not in the index, at least")
                .register(registry);
        Gauge.builder(PREFIX + "parts.waiting", indexer, Indexer::partsWaiting)
                .description("parts of sources that wait for others")
                .register(registry);
        FunctionCounter.builder(PREFIX + "compared.reads", indexer, i -> i.compared().calls())
                .description("reads of the lake that inserts were compared with")
                .register(registry);
        FunctionCounter.builder(PREFIX + "compared.bytes", indexer, i -> i.compared().bytesRead())
                .description("bytes of the lake that inserts were compared with")
                .register(registry);
        Gauge.builder(PREFIX + "compaction.waiting.bytes", indexer, Indexer::compactedBytesWaiting)
                .description("bytes of compacted files that no version has taken in yet")
                .register(registry);
        Gauge.builder(PREFIX + "queue.datasets", indexer, Indexer::datasetsQueued)
                .description("datasets with batches that wait for a merge beside the publishing")
                .register(registry);
        Gauge.builder(PREFIX + "queue.files", indexer, Indexer::filesQueued)
                .description("files that wait in queues, of batches that are added or merged")
                .register(registry);
        Gauge.builder(PREFIX + "takedowns.waiting", indexer, i -> i.takedownsDue().size())
                .description("takedowns of which something may be left in the lake")
                .register(registry);
        Gauge.builder(PREFIX + "takedowns.oldest.seconds", indexer, IndexerMetrics::oldestSeconds)
                .description("age of the oldest of these, 0 for none")
                .register(registry);
        queueRuns(indexer, "taken", ReadyTotals::taken);
        queueRuns(indexer, "dropped", ReadyTotals::dropped);
        compactions(indexer, "taken", ReadyTotals::taken);
        compactions(indexer, "dropped", ReadyTotals::dropped);
        folds(indexer, "taken", ReadyTotals::taken);
        folds(indexer, "dropped", ReadyTotals::dropped);
        for (IndexStack stack : IndexStack.values()) {
            Gauge.builder(PREFIX + "stack.blocks", indexer, i -> i.blocks(stack))
                    .description("blocks that a stack of the index has in the newest version")
                    .tag("stack", stack.text())
                    .register(registry);
            Gauge.builder(PREFIX + "fold.progress", indexer, i -> i.foldProgress(stack))
                    .description("how far the fold is that is least far, 1 if none runs")
                    .tag("stack", stack.text())
                    .register(registry);
        }
    }

    private static double oldestSeconds(Indexer indexer) {
        return indexer.takedownsDue().stream()
                .map(Takedown::since)
                .min(Instant::compareTo)
                .map(oldest -> Duration.between(oldest, Instant.now()).toMillis() / 1e3)
                .orElse(0.0);
    }

    /** A look for what is taken down, which may have found nothing. */
    void purged(PurgeReport report) {
        if (report.isEmpty()) {
            return;
        }
        purgeRuns("done");
        registry.counter(PREFIX + "purge.files").increment((double) report.filesPurged());
        registry.counter(PREFIX + "purge.rows").increment((double) report.rows());
        registry.counter(PREFIX + "purge.bytes").increment((double) report.bytesWritten());
    }

    void purgeFailed() {
        purgeRuns("failed");
    }

    private void purgeRuns(String outcome) {
        registry.counter(PREFIX + "purge.runs", "outcome", outcome).increment();
    }

    private void folds(Indexer indexer, String fate, ToDoubleFunction<ReadyTotals> count) {
        FunctionCounter.builder(PREFIX + "folds", indexer, i -> count.applyAsDouble(i.folds()))
                .description("folds made beside the publishing, by what became of them")
                .tag("fate", fate)
                .register(registry);
    }

    /** A fold that is ready. */
    void folded(FoldReport report) {
        String stack = report.stack().text();
        foldRuns("done");
        foldBytes(stack, "read", report.bytesRead());
        foldBytes(stack, "written", report.bytesWritten());
        registry.counter(PREFIX + "fold.seconds", "stack", stack)
                .increment(report.time().toNanos() / 1e9);
    }

    void foldFailed() {
        foldRuns("failed");
    }

    private void foldRuns(String outcome) {
        registry.counter(PREFIX + "fold.runs", "outcome", outcome).increment();
    }

    private void foldBytes(String stack, String direction, long bytes) {
        registry.counter(PREFIX + "fold.bytes", "stack", stack, "direction", direction)
                .increment((double) bytes);
    }

    private void compactions(Indexer indexer, String fate, ToDoubleFunction<ReadyTotals> count) {
        FunctionCounter.builder(
                        PREFIX + "compaction.groups",
                        indexer,
                        i -> count.applyAsDouble(i.compactions()))
                .description("groups of files that were put together, by what became of them")
                .tag("fate", fate)
                .register(registry);
    }

    private void queueRuns(Indexer indexer, String outcome, ToDoubleFunction<ReadyTotals> count) {
        FunctionCounter.builder(
                        PREFIX + "queue.runs", indexer, i -> count.applyAsDouble(i.queueRuns()))
                .description("first steps of a queue that were carried out, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }

    void queueRunFailed() {
        registry.counter(PREFIX + "queue.runs", "outcome", "failed").increment();
    }

    /** A run of the compaction that did something, or nothing. */
    void compacted(CompactionReport report) {
        if (report.isEmpty()) {
            return;
        }
        compactionRuns("done");
        compactionFiles("in", report.filesIn());
        compactionFiles("out", report.filesOut());
        registry.counter(PREFIX + "compaction.rows").increment((double) report.rows());
        registry.counter(PREFIX + "compaction.bytes", "direction", "read")
                .increment((double) report.bytesRead());
        registry.counter(PREFIX + "compaction.bytes", "direction", "written")
                .increment((double) report.bytesWritten());
        registry.counter(PREFIX + "compaction.seconds").increment(report.time().toNanos() / 1e9);
    }

    void compactionFailed() {
        compactionRuns("failed");
    }

    /** It would have changed what the lake holds. */
    void compactionWrong() {
        compactionRuns("wrong");
    }

    private void compactionRuns(String outcome) {
        registry.counter(PREFIX + "compaction.runs", "outcome", outcome).increment();
    }

    private void compactionFiles(String direction, long files) {
        registry.counter(PREFIX + "compaction.files", "direction", direction)
                .increment((double) files);
    }

    private void merged(MergeTotals merges) {
        batches("merged", merges.merged());
        batches("refused", merges.refused());
        batches("expired", merges.expired());
        rows("inserted", merges.inserted());
        rows("updated", merges.updated());
        rows("deleted", merges.deleted());
        files("rewritten", merges.filesRewritten());
        files("inserted", merges.filesInserted());
        files("removed", merges.filesRemoved());
        registry.counter(PREFIX + "merge.bytes", "direction", "read")
                .increment((double) merges.bytesRead());
        registry.counter(PREFIX + "merge.bytes", "direction", "written")
                .increment((double) merges.bytesWritten());
        registry.counter(PREFIX + "merge.bytes", "direction", "copied")
                .increment((double) merges.bytesCopied());
        merges.rowGroups()
                .forEach((reason, count) ->
                        registry.counter(PREFIX + "merge.row.groups", "reason", reason)
                                .increment((double) count));
        registry.counter(PREFIX + "merge.seconds").increment(merges.time().toNanos() / 1e9);
    }

    private void batches(String outcome, long batches) {
        registry.counter(PREFIX + "merge.batches", "outcome", outcome).increment((double) batches);
    }

    private void rows(String result, long rows) {
        registry.counter(PREFIX + "merge.rows", "result", result).increment((double) rows);
    }

    private void files(String fate, long files) {
        registry.counter(PREFIX + "merge.files", "fate", fate).increment((double) files);
    }

    void finished(Outcome outcome) {
        switch (outcome) {
            case Outcome.Idle idle -> {}
            case Outcome.Lost lost -> publishes("lost");
            case Outcome.Published(var version, var report) -> published(report);
        }
    }

    void failed() {
        publishes("failed");
    }

    /** Objects that were deleted, because they were {@code expired} or an {@code orphan}. */
    void deleted(String reason, int objects) {
        registry.counter(PREFIX + "deleted", "reason", reason).increment(objects);
    }

    private void published(PublishReport report) {
        publishes("published");
        report.times()
                .forEach((phase, time) ->
                        registry.timer(
                                        PREFIX + "publish",
                                        "phase",
                                        phase.name().toLowerCase(Locale.ROOT))
                                .record(time));
        registry.counter(PREFIX + "entries").increment(report.entries());
        registry.counter(PREFIX + "rows", "result", "added").increment((double) report.rowsAdded());
        registry.counter(PREFIX + "rows", "result", "known").increment((double) report.rowsKnown());
        registry.counter(PREFIX + "rows", "result", "taken_down")
                .increment((double) report.rowsTakenDown());
        registry.counter(PREFIX + "compared.rows").increment((double) report.rowsCompared());
        registry.counter(PREFIX + "folds.at.once").increment(report.foldsAtOnce());
        merged(report.merges());
    }

    private void publishes(String outcome) {
        registry.counter(PREFIX + "publishes", "outcome", outcome).increment();
    }
}
