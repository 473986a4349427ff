package dev.whence.merge.directory;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * Commits as JSON: snake_case, ISO 8601 times, every field there. What is read is checked before
 * anybody acts on it, since a path in a commit is a file that somebody copies or deletes.
 */
final class CommitJson {
    /** A list of about 200,000 files. */
    static final int MAX_BYTES = 64 << 20;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private CommitJson() {}

    /**
     * @throws CorruptTableException if it were too long to be read again
     */
    static byte[] write(String key, TableCommit commit) throws CorruptTableException {
        byte[] bytes;
        try {
            bytes = MAPPER.writeValueAsBytes(commit);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + key + " as JSON", e);
        }
        requireBounded(key, bytes.length);
        return bytes;
    }

    static void requireBounded(String key, long bytes) throws CorruptTableException {
        if (bytes > MAX_BYTES) {
            throw new CorruptTableException(
                    key,
                    "a commit of %d bytes, above %d: the table has too many files"
                            .formatted(bytes, MAX_BYTES),
                    null);
        }
    }

    static TableCommit read(String key, long number, byte[] json) throws CorruptTableException {
        TableCommit commit;
        try {
            int format = format(json);
            if (format != TableCommit.FORMAT) {
                throw new CorruptTableException(
                        key,
                        "expected format %d, found %d; a newer Whence may have written it"
                                .formatted(TableCommit.FORMAT, format),
                        null);
            }
            commit = MAPPER.readValue(json, TableCommit.class);
        } catch (CorruptTableException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new CorruptTableException(key, "not a commit in JSON: " + shown(e), e);
        }
        try {
            CommitCheck.require(commit, number);
        } catch (IllegalArgumentException e) {
            throw new CorruptTableException(key, "" + e.getMessage(), e);
        }
        return commit;
    }

    /** Looked for alone: a newer commit may have nothing else that is known here. */
    private static int format(byte[] json) throws IOException {
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean found = parser.currentName().equals("format");
                    if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && found) {
                        return parser.getIntValue();
                    }
                    parser.skipChildren();
                }
            }
            return 0;
        }
    }

    /** Where it is, and what; without the excerpt, which may be long. */
    private static String shown(Exception e) {
        return switch (e) {
            case JsonMappingException mapping ->
                    mapping.getPath().stream()
                                    .map(step ->
                                            step.getFieldName() == null
                                                    ? "" + step.getIndex()
                                                    : step.getFieldName())
                                    .collect(Collectors.joining("."))
                            + ": "
                            + mapping.getOriginalMessage();
            case JsonProcessingException json -> json.getOriginalMessage();
            default -> e.getClass().getSimpleName();
        };
    }
}
