package dev.whence.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** {@code FILE.part.json}: how far the export of a question is. It is replaced whole. */
record Note(Path file) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String QUESTION = "question";

    static Note beside(Path target) {
        return new Note(target.resolveSibling(target.getFileName() + ".part.json"));
    }

    /** What was noted of this question; of another, nothing. */
    Optional<JsonNode> read(String identity) throws IOException {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(file)))
                    .filter(noted -> noted.path(QUESTION).asText().equals(identity));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** An empty note of a question. */
    static ObjectNode of(String identity) {
        return JSON.createObjectNode().put(QUESTION, identity);
    }

    void write(ObjectNode noted) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, JSON.writeValueAsBytes(noted));
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
