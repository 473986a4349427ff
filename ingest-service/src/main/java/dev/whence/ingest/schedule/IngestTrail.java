package dev.whence.ingest.schedule;

import dev.whence.catalog.LogRange;
import dev.whence.ingest.kafka.CommitNews;
import dev.whence.telemetry.EntryTrace;
import dev.whence.telemetry.LogFields;
import dev.whence.telemetry.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The trail of batches through ingest: a log line for each committed entry, a span of it in the
 * entry's own trace, and one in the producer's trace for each record that came with a sampled
 * {@code traceparent}, linked to the entry's. Of the reading thread alone.
 */
final class IngestTrail implements CommitNews.Listener {
    private static final Logger LOG = Logger.getLogger("dev.whence.ingest.trail");

    /** Records of a partition that are remembered until they are committed; others have no span. */
    private static final int MOST_REMEMBERED = 1_024;

    private static final TextMapGetter<Headers> HEADERS =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(Headers headers) {
                    var keys = new ArrayList<String>();
                    headers.forEach(header -> keys.add(header.key()));
                    return keys;
                }

                @Override
                public @Nullable String get(@Nullable Headers headers, String key) {
                    Header header = headers == null ? null : headers.lastHeader(key);
                    return header == null || header.value() == null
                            ? null
                            : new String(header.value(), StandardCharsets.UTF_8);
                }
            };

    private record Arrival(long offset, Instant at, SpanContext producer) {}

    private final Tracer tracer;
    private final boolean traced;
    private final Clock clock;
    private final Map<TopicPartition, Deque<Arrival>> arrivals = new HashMap<>();

    IngestTrail(Traces traces, Clock clock) {
        this.tracer = traces.tracer();
        this.traced = traces.areSent();
        this.clock = clock;
    }

    @Override
    public void received(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
        if (!traced) {
            return;
        }
        Deque<Arrival> waiting = arrivals.computeIfAbsent(partition, _ -> new ArrayDeque<>());
        if (!waiting.isEmpty() && waiting.getLast().offset() >= record.offset()) {
            waiting.clear(); // it is read again
        }
        if (waiting.size() < MOST_REMEMBERED) {
            waiting.add(
                    new Arrival(record.offset(), clock.instant(), producerOf(record.headers())));
        }
    }

    @Override
    public void committed(TopicPartition partition, LogRange entry) {
        try (LogFields _ = LogFields.of(entry)) {
            LOG.infof(
                    "Committed %s:%d:%d up to offset %d",
                    entry.topicId(), entry.partition(), entry.fromSlot(), entry.toSlot());
        }
        if (traced) {
            tell(entry, leave(partition, entry));
        }
    }

    private List<Arrival> leave(TopicPartition partition, LogRange entry) {
        Deque<Arrival> waiting = arrivals.computeIfAbsent(partition, _ -> new ArrayDeque<>());
        var left = new ArrayList<Arrival>();
        while (!waiting.isEmpty() && waiting.getFirst().offset() < entry.toSlot()) {
            left.add(waiting.removeFirst());
        }
        return left;
    }

    private void tell(LogRange entry, List<Arrival> records) {
        SpanContext trace = EntryTrace.of(entry);
        Instant now = clock.instant();
        SpanBuilder commit =
                begin("commit", trace, records.isEmpty() ? now : records.getFirst().at());
        for (Arrival record : records) {
            if (record.producer().isSampled()) {
                commit.addLink(record.producer());
                Span takeIn =
                        begin("take in", record.producer(), record.at())
                                .addLink(trace)
                                .setAttribute("messaging.kafka.offset", record.offset())
                                .setAttribute("whence.partition", entry.partition())
                                .startSpan();
                takeIn.end(now);
            }
        }
        commit.setAttribute("whence.topic_id", entry.topicId())
                .setAttribute("whence.partition", entry.partition())
                .setAttribute("whence.from_offset", entry.fromSlot())
                .setAttribute("whence.to_offset", entry.toSlot())
                .startSpan()
                .end(now);
    }

    private SpanBuilder begin(String name, SpanContext parent, Instant at) {
        return tracer.spanBuilder(name)
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(EntryTrace.within(parent))
                .setStartTimestamp(at);
    }

    private static SpanContext producerOf(Headers headers) {
        Context context =
                W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS);
        return Span.fromContext(context).getSpanContext();
    }
}
