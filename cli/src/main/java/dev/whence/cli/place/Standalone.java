package dev.whence.cli.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a running {@code whence up} says of itself in {@code standalone.json} of its data directory:
 * its addresses and the keys of its store.
 */
final class Standalone {
    static final String FILE_NAME = "standalone.json";

    private final JsonNode fields;

    private Standalone(JsonNode fields) {
        this.fields = fields;
    }

    /** Reads the file; what is not there says nothing. */
    static Standalone in(Path data) throws Failure {
        Path file = data.resolve(FILE_NAME);
        try {
            return new Standalone(new JsonMapper().readTree(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return new Standalone(new JsonMapper().createObjectNode());
        } catch (JsonProcessingException e) {
            // The message of the cause would repeat what stands in the file: keys.
            throw Failure.of(file + " is not JSON; start `whence up` again", null);
        } catch (IOException e) {
            throw Failure.of("cannot read " + file + ": " + e, e);
        }
    }

    Optional<Long> number(String name) {
        return Optional.of(fields.path(name)).filter(JsonNode::isNumber).map(JsonNode::asLong);
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.path(name).textValue()).filter(text -> !text.isEmpty());
    }
}
