package dev.whence.indexer.schedule;

import dev.whence.access.Takedown;
import dev.whence.catalog.IndexStack;
import dev.whence.indexer.Indexer;
import dev.whence.indexer.ReadyTotals;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What an indexer can be asked at any moment, as metrics {@code whence.indexer.*}. */
final class IndexerGauges {
    private static final String PREFIX = "whence.indexer.";

    private final MeterRegistry registry;
    private final Indexer indexer;

    private IndexerGauges(MeterRegistry registry, Indexer indexer) {
        this.registry = registry;
        this.indexer = indexer;
    }

    static void bind(MeterRegistry registry, Indexer indexer) {
        var gauges = new IndexerGauges(registry, indexer);
        gauges.bindWork();
        gauges.bindReady("queue.runs", "outcome", Indexer::queueRuns);
        gauges.bindReady("compaction.groups", "fate", Indexer::compactions);
        gauges.bindReady("folds", "fate", Indexer::folds);
        for (IndexStack stack : IndexStack.values()) {
            gauges.bindStack(stack);
        }
    }

    private void bindWork() {
        gauge("version", Indexer::version, "the newest version that the indexer knows");
        gauge(
                "entries.behind",
                Indexer::entriesBehind,
                "log entries known to be committed and not in the index, at least");
        gauge("parts.waiting", Indexer::partsWaiting, "parts of sources that wait for others");
        gauge(
                "compaction.waiting.bytes",
                Indexer::compactedBytesWaiting,
                "bytes of compacted files that no version has taken in yet");
        gauge(
                "queue.datasets",
                Indexer::datasetsQueued,
                "datasets with batches that wait for a merge beside the publishing");
        gauge(
                "queue.files",
                Indexer::filesQueued,
                "files that wait in queues, of batches that are added or merged");
        gauge(
                "takedowns.waiting",
                i -> i.takedownsDue().size(),
                "takedowns of which something may be left in the lake");
        gauge(
                "takedowns.oldest.seconds",
                IndexerGauges::oldestTakedownSeconds,
                "age of the oldest of these, 0 for none");
        gauge(
                "retire.overdue.seconds",
                i -> secondsSince(i.deletionDueSince()),
                "since when the oldest may be deleted of what is still there, 0 for none");
        counter(
                "compared.reads",
                i -> i.compared().calls(),
                "reads of the lake that inserts were compared with");
        counter(
                "compared.bytes",
                i -> i.compared().bytesRead(),
                "bytes of the lake that inserts were compared with");
    }

    private static double oldestTakedownSeconds(Indexer indexer) {
        return secondsSince(
                indexer.takedownsDue().stream().map(Takedown::since).min(Instant::compareTo));
    }

    private static double secondsSince(Optional<Instant> since) {
        return since.map(
                        then -> Math.max(0, Duration.between(then, Instant.now()).toMillis() / 1e3))
                .orElse(0.0);
    }

    private void bindStack(IndexStack stack) {
        Gauge.builder(PREFIX + "stack.blocks", indexer, i -> i.blocks(stack))
                .description("blocks that a stack of the index has in the newest version")
                .tag("stack", stack.text())
                .register(registry);
        Gauge.builder(PREFIX + "fold.progress", indexer, i -> i.foldProgress(stack))
                .description("how far the fold is that is least far, 1 if none runs")
                .tag("stack", stack.text())
                .register(registry);
    }

    /** What was made beside the publishing, by what became of it. */
    private void bindReady(String name, String tag, Function<Indexer, ReadyTotals> totals) {
        ready(name, tag, "taken", i -> totals.apply(i).taken());
        ready(name, tag, "dropped", i -> totals.apply(i).dropped());
    }

    private void ready(String name, String tag, String fate, ToDoubleFunction<Indexer> count) {
        FunctionCounter.builder(PREFIX + name, indexer, count)
                .description("what was made beside the publishing, by what became of it")
                .tag(tag, fate)
                .register(registry);
    }

    private void gauge(String name, ToDoubleFunction<Indexer> value, String description) {
        Gauge.builder(PREFIX + name, indexer, value).description(description).register(registry);
    }

    private void counter(String name, ToDoubleFunction<Indexer> value, String description) {
        FunctionCounter.builder(PREFIX + name, indexer, value)
                .description(description)
                .register(registry);
    }
}
