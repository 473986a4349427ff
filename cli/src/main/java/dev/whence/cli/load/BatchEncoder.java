package dev.whence.cli.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.whence.catalog.Strategy;
import dev.whence.source.FoundUrl;
import dev.whence.source.UrlSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Packs URLs into messages as {@code docs/format/batch.md} describes them, each of at most {@link
 * #MOST_BYTES}. A strategy that looks at its whole source gets it in numbered parts, which act once
 * {@link #last} is there. Not thread-safe.
 */
public final class BatchEncoder {
    /** Half of what a broker takes if nobody says otherwise, before compression. */
    public static final int MOST_BYTES = 512 << 10;

    /** More than these, and ingest refuses the whole message. */
    private static final int MOST_EXTRAS = 64;

    private static final int MOST_EXTRAS_BYTES = 64 << 10;

    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    private final String dataset;
    private final Strategy strategy;
    private final @Nullable String source;
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream(MOST_BYTES);
    private final ByteArrayOutputStream url = new ByteArrayOutputStream();
    private final JsonGenerator json;
    private int urls;
    private long parts;

    /**
     * @param source a name that no other load has
     */
    public BatchEncoder(String dataset, Strategy strategy, String source) {
        this.dataset = dataset;
        this.strategy = strategy;
        this.source = strategy.needsWholeSource() ? source : null;
        try {
            JsonFactory factory =
                    JsonFactory.builder()
                            // What has no UTF-8 can only be sent as an escape.
                            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                            .build();
            json = factory.createGenerator(url);
            json.setRootValueSeparator(null);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        begin(false);
    }

    /**
     * Adds a URL.
     *
     * @return the batch before it, if it is full
     * @throws IllegalArgumentException if its extras are more than ingest takes
     */
    public Optional<EncodedBatch> add(FoundUrl found) {
        Map<String, String> extras = found.extras();
        requireFewExtras(extras);
        url.reset();
        try {
            String text = JsonText.of(found.bytes(), found.from(), found.to());
            if (found.tsMicros() == UrlSource.NO_TS && extras.isEmpty()) {
                json.writeString(text);
            } else {
                writeObject(text, found.tsMicros(), extras);
            }
            json.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        byte[] row = url.toByteArray();
        Optional<EncodedBatch> full =
                batch.size() + row.length + 1 + END.length > MOST_BYTES ? rest() : Optional.empty();
        if (urls > 0) {
            batch.write(',');
        }
        batch.writeBytes(row);
        urls++;
        return full;
    }

    /** What has been added since the last full batch, if anything. */
    public Optional<EncodedBatch> rest() {
        if (urls == 0) {
            return Optional.empty();
        }
        return Optional.of(end());
    }

    /** What says that the source is whole, if the strategy waits for that; for the very end. */
    public Optional<EncodedBatch> last() {
        if (source == null) {
            return Optional.empty();
        }
        begin(true);
        return Optional.of(end());
    }

    private EncodedBatch end() {
        batch.writeBytes(END);
        var encoded = new EncodedBatch(batch.toByteArray(), urls);
        urls = 0;
        parts++;
        begin(false);
        return encoded;
    }

    private void begin(boolean last) {
        url.reset();
        try {
            json.writeStartObject();
            json.writeStringField("dataset", dataset);
            json.writeStringField("strategy", strategy.text());
            if (source != null) {
                json.writeStringField("batch_id", source);
                json.writeNumberField("part", parts);
                if (last) {
                    json.writeBooleanField("last", true);
                }
            }
            json.writeArrayFieldStart("urls");
            json.flush();
            batch.reset();
            batch.writeBytes(url.toByteArray());
            json.writeEndArray();
            json.writeEndObject();
            json.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
    }

    private void writeObject(String text, long tsMicros, Map<String, String> extras)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("url", text);
        if (tsMicros != UrlSource.NO_TS) {
            json.writeStringField("ts", Instant.EPOCH.plus(tsMicros, ChronoUnit.MICROS).toString());
        }
        if (!extras.isEmpty()) {
            json.writeObjectFieldStart("extras");
            for (Map.Entry<String, String> extra : extras.entrySet()) {
                json.writeStringField(extra.getKey(), extra.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void requireFewExtras(Map<String, String> extras) {
        long bytes = 0;
        for (Map.Entry<String, String> extra : extras.entrySet()) {
            bytes += extra.getKey().getBytes(StandardCharsets.UTF_8).length;
            bytes += extra.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (extras.size() > MOST_EXTRAS || bytes > MOST_EXTRAS_BYTES) {
            throw new IllegalArgumentException(
                    "its extras are %d of %d bytes; at most %d of %d bytes are taken"
                            .formatted(extras.size(), bytes, MOST_EXTRAS, MOST_EXTRAS_BYTES));
        }
    }
}
