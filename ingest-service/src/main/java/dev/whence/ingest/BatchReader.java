package dev.whence.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.whence.catalog.Dataset;
import dev.whence.catalog.RewriteMode;
import dev.whence.catalog.Strategy;
import dev.whence.ingest.BatchFields.Field;
import dev.whence.source.SourceFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of {@code docs/format/batch.md}: strictly, since a misspelt field would silently
 * mean something else. URLs go to the sink while the message is still being read, so what they
 * belong to may turn out only after them: whoever reads compares {@link Batch} with what the sink
 * was told at {@link UrlSink#begin}, and reads again, knowing it, if need be. Not thread-safe.
 */
final class BatchReader {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_NAME_CHARS = 1_024;
    private static final int MAX_BATCH_ID_CHARS = 200;
    private static final List<String> DEDUP_ORDERS = List.of("ts", "ts asc", "ts desc");

    private final BatchLimits limits;
    private final JsonFactory json;
    private final UrlItems items;

    BatchReader(BatchLimits limits) {
        this.limits = limits;
        this.items = new UrlItems(limits);
        this.json =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(MAX_DEPTH)
                                        .maxNameLength(MAX_NAME_CHARS)
                                        .maxStringLength(limits.messageBytes())
                                        .build())
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        // A batch is UTF-8; what only looks like UTF-16 or UTF-32 is no JSON.
                        .disable(JsonFactory.Feature.CHARSET_DETECTION)
                        .build();
    }

    /**
     * Reads a message.
     *
     * @param known what the message said when it was read before, null if it was not: URLs that
     *     come before the field {@code dataset} are then passed over, and those that come before
     *     fields that say what becomes of them are taken as if these were absent
     * @throws BatchRefusedException if it is no batch that can be taken, saying why
     */
    Batch read(byte[] message, @Nullable Batch known, UrlSink sink)
            throws BatchRefusedException, AbandonedException, NoRoomException {
        if (message.length > limits.messageBytes()) {
            throw new BatchRefusedException(
                    "message of %d bytes; at most %d are taken"
                            .formatted(message.length, limits.messageBytes()));
        }
        var fields = new BatchFields();
        try (JsonParser parser = json.createParser(message)) {
            try {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new BatchRefusedException("a batch is a JSON object");
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    Field field = Field.of(parser.currentName());
                    fields.see(field);
                    parser.nextToken();
                    if (field == Field.URLS) {
                        readUrls(parser, fields, known, sink);
                    } else {
                        readField(parser, field, fields);
                    }
                }
                if (parser.nextToken() != null) {
                    throw new BatchRefusedException("something follows the JSON object");
                }
            } catch (StreamConstraintsException e) {
                throw new BatchRefusedException(e.getOriginalMessage(), e);
            } catch (JsonProcessingException e) {
                throw new BatchRefusedException(
                        "not JSON at byte " + parser.currentLocation().getByteOffset(), e);
            }
        } catch (IOException e) {
            // The bytes are in memory: what cannot be read now never can.
            throw new BatchRefusedException("not JSON in UTF-8", e);
        }
        return fields.check();
    }

    private void readUrls(
            JsonParser parser, BatchFields fields, @Nullable Batch known, UrlSink sink)
            throws IOException, BatchRefusedException, AbandonedException, NoRoomException {
        String dataset = known == null ? fields.dataset : known.dataset();
        if (dataset == null) {
            parser.skipChildren();
        } else {
            sink.begin(dataset, known == null ? fields.effect() : known.effect());
            items.read(parser, sink);
        }
    }

    private void readField(JsonParser parser, Field field, BatchFields fields)
            throws IOException, BatchRefusedException {
        switch (field) {
            case DATASET -> fields.dataset = dataset(string(parser, field));
            case STRATEGY -> fields.strategy = strategy(string(parser, field));
            case OBJECTS -> fields.objects = objects(parser);
            case FORMAT -> fields.format = format(string(parser, field));
            case URL_COLUMN -> fields.urlColumn = string(parser, field);
            case REWRITE_MODE -> fields.rewriteMode = rewriteMode(string(parser, field));
            case DEDUP_ORDER_BY -> fields.dedupOrderBy = dedupOrderBy(string(parser, field));
            case BATCH_ID -> fields.batchId = batchId(string(parser, field));
            case PART -> fields.part = part(parser);
            case LAST -> fields.last = bool(parser, field);
            case ALL -> fields.all = bool(parser, field);
            case URLS -> throw new IllegalStateException("urls are read elsewhere");
        }
    }

    private static String string(JsonParser parser, Field field)
            throws IOException, BatchRefusedException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new BatchRefusedException("field '" + field.text() + "' is a string");
        }
        return parser.getText();
    }

    private static boolean bool(JsonParser parser, Field field)
            throws IOException, BatchRefusedException {
        if (!parser.currentToken().isBoolean()) {
            throw new BatchRefusedException("field '" + field.text() + "' is true or false");
        }
        return parser.getBooleanValue();
    }

    private static String dataset(String name) throws BatchRefusedException {
        try {
            return Dataset.requireName(name);
        } catch (IllegalArgumentException e) {
            throw new BatchRefusedException("field 'dataset': " + e.getMessage(), e);
        }
    }

    private static Strategy strategy(String text) throws BatchRefusedException {
        try {
            return Strategy.of(text);
        } catch (IllegalArgumentException e) {
            throw new BatchRefusedException(
                    "no strategy " + Quoted.name(text) + "; see docs/format/batch.md", e);
        }
    }

    private static RewriteMode rewriteMode(String text) throws BatchRefusedException {
        try {
            return RewriteMode.of(text);
        } catch (IllegalArgumentException e) {
            throw new BatchRefusedException(
                    "no rewrite_mode " + Quoted.name(text) + "; there are full, incremental, auto",
                    e);
        }
    }

    private static String dedupOrderBy(String text) throws BatchRefusedException {
        if (!DEDUP_ORDERS.contains(text)) {
            throw new BatchRefusedException(
                    "no dedup_order_by "
                            + Quoted.name(text)
                            + "; rows of one URL differ in their time only: there are "
                            + String.join(", ", DEDUP_ORDERS));
        }
        return text;
    }

    private static SourceFormat format(String text) throws BatchRefusedException {
        try {
            return SourceFormat.of(text);
        } catch (IllegalArgumentException e) {
            throw new BatchRefusedException(
                    "no format " + Quoted.name(text) + "; see docs/format/batch.md", e);
        }
    }

    private static String batchId(String text) throws BatchRefusedException {
        if (text.isEmpty() || text.length() > MAX_BATCH_ID_CHARS) {
            throw new BatchRefusedException(
                    "field 'batch_id' has 1 to " + MAX_BATCH_ID_CHARS + " characters");
        }
        return text;
    }

    private static long part(JsonParser parser) throws IOException, BatchRefusedException {
        boolean isNumber =
                parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!isNumber || parser.getLongValue() < 0) {
            throw new BatchRefusedException("field 'part' is a whole number from 0 to 2^63 - 1");
        }
        return parser.getLongValue();
    }

    private List<String> objects(JsonParser parser) throws IOException, BatchRefusedException {
        var objects = new ArrayList<String>();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new BatchRefusedException("field 'objects' is an array of strings");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new BatchRefusedException("objects[" + objects.size() + "] is a string");
            }
            if (objects.size() == limits.objects()) {
                throw new BatchRefusedException(
                        "more than " + limits.objects() + " objects; send several batches");
            }
            objects.add(parser.getText());
        }
        return objects;
    }
}
