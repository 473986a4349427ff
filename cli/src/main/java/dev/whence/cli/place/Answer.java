package dev.whence.cli.place;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What a server said in JSON. Whoever asks the wrong server must not take its answer for an empty
 * one: a field that is not there, or is something else, is a {@link Failure}.
 *
 * @param json as it came
 * @param origin the address that said it, for messages
 */
public record Answer(JsonNode json, String origin) {

    /** The elements of a list. */
    public List<JsonNode> items(String field) throws Failure {
        JsonNode list = json.path(field);
        if (!list.isArray()) {
            throw unlike(field, "a list");
        }
        return list.valueStream().toList();
    }

    /** A number without a fraction. */
    public long number(String field) throws Failure {
        JsonNode number = json.path(field);
        if (!number.isIntegralNumber() || !number.canConvertToLong()) {
            throw unlike(field, "a number");
        }
        return number.asLong();
    }

    public String text(String field) throws Failure {
        String text = json.path(field).textValue();
        if (text == null) {
            throw unlike(field, "a text");
        }
        return text;
    }

    /** Where the list goes on, if it does. */
    public Optional<String> nextCursor() throws Failure {
        JsonNode next = json.path("next_cursor");
        if (!next.isTextual() && !next.isNull()) {
            throw unlike("next_cursor", "a text or null");
        }
        return Optional.ofNullable(next.textValue());
    }

    private Failure unlike(String field, String expected) {
        return Failure.of(
                "%s answers without %s in '%s'; is it Whence?".formatted(origin, expected, field),
                null);
    }
}
