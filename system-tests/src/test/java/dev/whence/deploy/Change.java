package dev.whence.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One place of a tree made wrong. */
final class Change {
    private static final JsonMapper JSON = new JsonMapper();

    private Change() {}

    /**
     * @param value JSON that is put there; null: what is there is taken away
     */
    static void make(JsonNode object, String pointer, String value) throws JsonProcessingException {
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode parent = object.at(place.head());
        String field = place.last().getMatchingProperty();
        if (parent instanceof ArrayNode array) {
            array.set(place.last().getMatchingIndex(), JSON.readTree(value));
        } else if (parent instanceof ObjectNode fields && value == null) {
            assertThat(fields.remove(field)).as("what is at %s", pointer).isNotNull();
        } else if (parent instanceof ObjectNode fields) {
            fields.set(field, JSON.readTree(value));
        } else {
            throw new AssertionError("there is no place " + pointer);
        }
    }
}
