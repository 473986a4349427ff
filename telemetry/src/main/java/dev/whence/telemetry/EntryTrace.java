package dev.whence.telemetry;

import dev.whence.catalog.LogRange;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The trace of an entry of the commit log. Its ids are made of the entry's place, which never
 * changes and which no other entry has: so whoever commits the entry and whoever publishes it add
 * to the same trace, and nothing has to be handed on with the data.
 */
public final class EntryTrace {
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    private EntryTrace() {}

    /**
     * The trace of the entry at the range's first slot, and the span that all its others are in.
     */
    public static SpanContext of(LogRange entry) {
        byte[] hash =
                sha256("%s:%d:%d".formatted(entry.topicId(), entry.partition(), entry.fromSlot()));
        HexFormat hex = HexFormat.of();
        return SpanContext.createFromRemoteParent(
                hex.formatHex(hash, 0, TRACE_ID_BYTES),
                hex.formatHex(hash, TRACE_ID_BYTES, TRACE_ID_BYTES + SPAN_ID_BYTES),
                TraceFlags.getSampled(),
                TraceState.getDefault());
    }

    /** Makes what is begun in it a part of a span that is known by its name alone. */
    public static Context within(SpanContext span) {
        return Context.root().with(Span.wrap(span));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
