package dev.whence.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value a line: an object with the URL in a field, optionally a time and {@code extras},
 * or just the URL as a string. Other fields are passed over, and may be of any length: of a long
 * line little more is in memory than what is asked for.
 */
final class JsonFields {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * As much as any setting of ingest lets one URL have; less than a string may have that is cut.
     */
    private static final int MOST_EXTRAS_CHARS = 128 << 10;

    private final String urlField;
    private boolean objectSeen;
    private boolean urlFieldSeen;

    JsonFields(String urlField) {
        this.urlField = urlField;
    }

    /**
     * Reads the JSON in {@code [from, end of line)}.
     *
     * @param tsMicros the time, if the object does not say one
     */
    boolean read(LineReader line, int from, long tsMicros, FoundUrl url) throws IOException {
        try (JsonParser json = parser(line, from)) {
            boolean found =
                    switch (json.nextToken()) {
                        case START_OBJECT -> readObject(line, json, tsMicros, url);
                        case VALUE_STRING -> {
                            url.set(json.getText(), tsMicros, Map.of());
                            yield !json.getText().isBlank();
                        }
                        case null, default ->
                                throw line.malformed("expected a JSON object or string");
                    };
            if (json.nextToken() != null) {
                throw line.malformed("expected one JSON value, found more");
            }
            return found;
        } catch (JsonProcessingException e) {
            if (line.cut() || isUtf8(line)) {
                // Jackson's own message, and so its exception, repeats what it has read.
                throw line.malformed(
                        "not JSON, or nested more than a thousand deep, or with a name or a number that"
                                + " is too long");
            }
            return handOver(line, url);
        } catch (CharacterCodingException e) {
            return handOver(line, url);
        }
    }

    /** A file of objects none of which has the field was read under the wrong name. */
    void end(LineReader lines) throws MalformedSourceException {
        if (objectSeen && !urlFieldSeen) {
            throw lines.malformed(
                    "no object up to here has the field '"
                            + urlField
                            + "' that is to hold the URL");
        }
    }

    private static JsonParser parser(LineReader line, int from) throws IOException {
        if (!line.cut()) {
            return JSON.createParser(line.bytes(), from, line.to() - from);
        }
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        return JSON.createParser(
                new ShortStrings(new InputStreamReader(line.streamFrom(from), strict)));
    }

    /** A line that is not UTF-8 is a URL that is not taken. */
    private static boolean handOver(LineReader line, FoundUrl url) {
        url.set(line.bytes(), line.from(), line.to(), UrlSource.NO_TS, Map.of());
        return true;
    }

    private boolean readObject(LineReader line, JsonParser json, long tsMicros, FoundUrl url)
            throws IOException {
        objectSeen = true;
        String found = null;
        long ts = tsMicros;
        Map<String, String> extras = Map.of();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals(urlField)) {
                urlFieldSeen = true;
                found = readUrl(line, json, value);
            } else if (CaptureTime.isColumn(field) && value.isScalarValue()) {
                ts = value == JsonToken.VALUE_NULL ? ts : CaptureTime.micros(json.getText());
            } else if (field.equals("extras") && value == JsonToken.START_OBJECT) {
                extras = readExtras(line, json);
            } else {
                json.skipChildren();
            }
        }
        if (found == null || found.isBlank()) {
            return false;
        }
        url.set(found, ts, extras);
        return true;
    }

    private @Nullable String readUrl(LineReader line, JsonParser json, JsonToken value)
            throws IOException {
        return switch (value) {
            case VALUE_STRING -> json.getText();
            case VALUE_NULL -> null;
            default -> throw line.malformed("the field '" + urlField + "' is not a string");
        };
    }

    private static Map<String, String> readExtras(LineReader line, JsonParser json)
            throws IOException {
        var extras = new LinkedHashMap<String, String>();
        int chars = 0;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (!value.isScalarValue()) {
                throw line.malformed("extras are strings, numbers and booleans, not nested");
            }
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            chars += name.length() + json.getText().length();
            if (chars > MOST_EXTRAS_CHARS) {
                throw line.malformed(
                        "extras have more than %d characters".formatted(MOST_EXTRAS_CHARS));
            }
            extras.put(name, json.getText());
        }
        return extras;
    }

    private static boolean isUtf8(LineReader line) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.bytes(), line.from(), line.to() - line.from()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
