package dev.whence.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the object {@code extras} of a URL: strings under names, few and short. */
final class ExtrasReader {
    private static final int MAX_BYTES_PER_CHAR = 3;

    private final BatchLimits limits;

    ExtrasReader(BatchLimits limits) {
        this.limits = limits;
    }

    Map<String, String> read(JsonParser parser, long index)
            throws IOException, BatchRefusedException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw refused(index, "are an object");
        }
        var extras = new LinkedHashMap<String, String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw refused(index, Quoted.name(name) + " is a string");
            }
            if (extras.put(name, parser.getText()) != null) {
                throw refused(index, Quoted.name(name) + " stands there twice");
            }
            if (extras.size() > limits.extras()) {
                throw refused(index, "are at most " + limits.extras());
            }
        }
        if (!fits(extras, limits)) {
            throw refused(index, "have at most " + limits.extrasBytes() + " bytes");
        }
        return extras;
    }

    /** Whether extras, from wherever, are few and short enough. */
    static boolean fits(Map<String, String> extras, BatchLimits limits) {
        long bytes = 0;
        for (var extra : extras.entrySet()) {
            bytes += utf8Bytes(extra.getKey()) + utf8Bytes(extra.getValue());
        }
        return extras.size() <= limits.extras() && bytes <= limits.extrasBytes();
    }

    private static long utf8Bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair counts two: together the four bytes they take.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : MAX_BYTES_PER_CHAR;
        }
        return bytes;
    }

    private static BatchRefusedException refused(long index, String problem) {
        return new BatchRefusedException("urls[%d]: extras %s".formatted(index, problem));
    }
}
