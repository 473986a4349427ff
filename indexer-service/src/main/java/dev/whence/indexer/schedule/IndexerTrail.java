package dev.whence.indexer.schedule;

import dev.whence.catalog.LogPartition;
import dev.whence.catalog.LogRange;
import dev.whence.indexer.Outcome;
import dev.whence.indexer.Phase;
import dev.whence.telemetry.EntryTrace;
import dev.whence.telemetry.LogFields;
import dev.whence.telemetry.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The trail of batches through a publish: a log line for each partition of which the version takes
 * something in, a span of the publish with its phases, and one in the trace of each entry, linked
 * to that.
 */
final class IndexerTrail {
    private static final Logger LOG = Logger.getLogger("dev.whence.indexer.trail");

    /** Entries of one publish that have a span; there may be a million. */
    private static final int MOST_SPANS = 1_000;

    private final Tracer tracer;
    private final boolean traced;
    private final Clock clock;

    IndexerTrail(Traces traces, Clock clock) {
        this.tracer = traces.tracer();
        this.traced = traces.areSent();
        this.clock = clock;
    }

    void published(Outcome.Published published) {
        long version = published.version().number();
        List<LogRange> entries = published.report().taken();
        try (LogFields _ = LogFields.ofVersion(version)) {
            together(entries).forEach(range -> log(version, range));
        }
        if (traced) {
            trace(version, entries, published.report().times());
        }
    }

    private static void log(long version, LogRange range) {
        try (LogFields _ = LogFields.of(range)) {
            LOG.infof(
                    "Version %d holds %s:%d:%d up to offset %d",
                    version, range.topicId(), range.partition(), range.fromSlot(), range.toSlot());
        }
    }

    private void trace(long version, List<LogRange> entries, Map<Phase, Duration> times) {
        Instant end = clock.instant();
        Duration all = times.values().stream().reduce(Duration.ZERO, Duration::plus);
        Instant start = end.minus(all);
        Span publish =
                tracer.spanBuilder("publish")
                        .setNoParent()
                        .setStartTimestamp(start)
                        .setAttribute("whence.version", version)
                        .setAttribute("whence.entries", entries.size())
                        .startSpan();
        Instant at = start;
        for (Phase phase : Phase.values()) {
            Instant until = at.plus(times.getOrDefault(phase, Duration.ZERO));
            tracer.spanBuilder(phase.name().toLowerCase(Locale.ROOT))
                    .setParent(Context.root().with(publish))
                    .setStartTimestamp(at)
                    .startSpan()
                    .end(until);
            at = until;
        }
        entries.stream()
                .limit(MOST_SPANS)
                .forEach(entry ->
                        tracer.spanBuilder("index")
                                .setParent(EntryTrace.within(EntryTrace.of(entry)))
                                .setStartTimestamp(start)
                                .addLink(publish.getSpanContext())
                                .setAttribute("whence.version", version)
                                .startSpan()
                                .end(end));
        publish.end(end);
    }

    /** What is next to each other in a partition, as one. */
    private static List<LogRange> together(List<LogRange> entries) {
        var ranges = new LinkedHashMap<LogPartition, LogRange>();
        entries.forEach(entry -> ranges.merge(entry.logPartition(), entry, IndexerTrail::and));
        return List.copyOf(ranges.values());
    }

    private static LogRange and(LogRange first, LogRange next) {
        return new LogRange(
                first.topicId(),
                first.partition(),
                Math.min(first.fromSlot(), next.fromSlot()),
                Math.max(first.toSlot(), next.toSlot()));
    }
}
