package dev.whence.cli.place;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API key of who asks. It comes from a file or the environment, never from the command line,
 * which everyone on the machine sees, and goes nowhere but into the header.
 */
final class Credential {
    static final String VARIABLE = "WHENCE_API_KEY";

    private static final int MOST_CHARACTERS = 1_024;

    private final String key;

    private Credential(String key) {
        this.key = key;
    }

    /** The key of a file, else of the environment, if there is one. */
    static Optional<Credential> find(@Nullable Path file, Place place) throws Failure {
        if (file != null) {
            return Optional.of(of(read(file), file.toString()));
        }
        Optional<String> said = place.environment(VARIABLE);
        return said.isEmpty() ? Optional.empty() : Optional.of(of(said.get(), VARIABLE));
    }

    /**
     * @param origin where the text is from, which messages name in its place
     */
    static Credential of(String text, String origin) throws Failure {
        String key = text.strip();
        if (key.isEmpty()
                || key.length() > MOST_CHARACTERS
                || key.chars().anyMatch(character -> character <= ' ' || character > '~')) {
            throw new Failure(
                    ExitCode.USAGE,
                    "%s holds no API key: expected one word of up to %d ASCII characters"
                            .formatted(origin, MOST_CHARACTERS),
                    null);
        }
        return new Credential(key);
    }

    private static String read(Path file) throws Failure {
        try (InputStream in = Files.newInputStream(file)) {
            // One more than there may be, with a line's end, so that what is longer is seen.
            return new String(in.readNBytes(MOST_CHARACTERS + 3), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, "cannot read the key file: " + e, e);
        }
    }

    void addTo(HttpRequest.Builder request) {
        request.header("Authorization", "Bearer " + key);
    }

    /** A text that a server wrote, which may hold what it was sent. */
    String hiddenIn(String text) {
        return text.replace(key, "…");
    }

    @Override
    public String toString() {
        return "Credential";
    }
}
