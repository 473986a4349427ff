package dev.whence.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.whence.source.UrlSource;
import dev.whence.url.Rejection;
import dev.whence.url.UrlCanonicalizer;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the array {@code urls} of a batch: strings, or objects with a time and extras. */
final class UrlItems {
    private final ExtrasReader extras;
    private final Utf8Text text = new Utf8Text();

    UrlItems(BatchLimits limits) {
        this.extras = new ExtrasReader(limits);
    }

    /** Reads from the array's begin to its end. */
    void read(JsonParser parser, UrlSink sink)
            throws IOException, BatchRefusedException, AbandonedException, NoRoomException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new BatchRefusedException("field 'urls' is an array");
        }
        long index = 0;
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                pass(encode(parser), UrlSource.NO_TS, Map.of(), sink);
            } else if (token == JsonToken.START_OBJECT) {
                readObject(parser, index, sink);
            } else {
                throw new BatchRefusedException("urls[" + index + "] is a string or an object");
            }
            index++;
        }
    }

    private void readObject(JsonParser parser, long index, UrlSink sink)
            throws IOException, BatchRefusedException, AbandonedException, NoRoomException {
        boolean hasUrl = false;
        boolean hasTs = false;
        Rejection rejection = null;
        long ts = UrlSource.NO_TS;
        Map<String, String> read = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            boolean twice;
            switch (name) {
                case "url" -> {
                    twice = hasUrl;
                    hasUrl = true;
                    requireString(parser, index, name);
                    rejection = encode(parser);
                }
                case "ts" -> {
                    twice = hasTs;
                    hasTs = true;
                    requireString(parser, index, name);
                    ts = ts(parser, index);
                }
                case "extras" -> {
                    twice = read != null;
                    read = extras.read(parser, index);
                }
                default ->
                        throw new BatchRefusedException(
                                "urls[%d]: unknown field %s".formatted(index, Quoted.name(name)));
            }
            if (twice) {
                throw new BatchRefusedException(
                        "urls[%d]: field '%s' stands there twice".formatted(index, name));
            }
        }
        if (!hasUrl) {
            throw new BatchRefusedException("urls[" + index + "]: field 'url' is missing");
        }
        pass(rejection, ts, read == null ? Map.of() : read, sink);
    }

    private static void requireString(JsonParser parser, long index, String name)
            throws BatchRefusedException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new BatchRefusedException(
                    "urls[%d]: field '%s' is a string".formatted(index, name));
        }
    }

    /** Brings the present string into {@link #text}; the answer says why it cannot be a URL. */
    private @Nullable Rejection encode(JsonParser parser) throws IOException {
        int chars = parser.getTextLength();
        boolean tooLong = chars > UrlCanonicalizer.MAX_INPUT_BYTES;
        boolean whole =
                text.encode(
                        parser.getTextCharacters(),
                        parser.getTextOffset(),
                        tooLong ? UrlCanonicalizer.MAX_INPUT_BYTES : chars);
        if (tooLong) {
            return Rejection.TOO_LONG;
        }
        return whole ? null : Rejection.NOT_UTF8;
    }

    private void pass(
            @Nullable Rejection rejection, long ts, Map<String, String> read, UrlSink sink)
            throws BatchRefusedException, AbandonedException, NoRoomException {
        if (rejection == null) {
            sink.add(text.bytes(), 0, text.length(), ts, read);
        } else {
            sink.reject(rejection, text.bytes(), 0, text.length());
        }
    }

    private static long ts(JsonParser parser, long index)
            throws IOException, BatchRefusedException {
        try {
            return Timestamps.micros(
                    parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (DateTimeException e) {
            throw new BatchRefusedException(
                    "urls[%d]: field 'ts' is an ISO 8601 time with an offset, such as 2024-06-14T00:00:00Z"
                            .formatted(index),
                    e);
        }
    }
}
