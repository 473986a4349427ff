package dev.whence.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of {@code docs/conformance-url.md}: the vectors whose answer is another one here, each
 * with its reason. A vector that differs and is not in the table fails, and so does one that is in
 * the table and agrees: the table can neither hide anything nor rot.
 */
final class KnownDifferences {
    private static final Path TABLE = Shared.root().resolve("docs/conformance-url.md");
    private static final Pattern ROW =
            Pattern.compile("\\| ([a-z0-9-]+) \\| `([^`]*)` \\| (.*\\S) \\|");

    private final String suite;
    private final Map<String, String> found = new LinkedHashMap<>();
    private int vectors;

    KnownDifferences(String suite) {
        this.suite = suite;
    }

    /** Notes what a vector should give and gives. */
    void compare(String vector, String expected, String actual) {
        vectors++;
        if (!expected.equals(actual)) {
            found.put(written(vector), "gives " + written(actual) + ", not " + written(expected));
        }
    }

    /** Compares what was noted with the tables. */
    void assertAllAreListed() throws IOException {
        Map<String, String> listed = listed();
        Set<String> stale = new LinkedHashSet<>(listed.keySet());
        stale.removeAll(found.keySet());
        Map<String, String> unlisted = new LinkedHashMap<>(found);
        unlisted.keySet().removeAll(listed.keySet());
        StringBuilder rows = new StringBuilder();
        unlisted.forEach((vector, what) ->
                rows.append("| %s | `%s` | %s |%n".formatted(suite, vector, what)));
        assertThat(rows.toString()).as("differences that %s does not list", TABLE).isEmpty();
        assertThat(stale).as("vectors that %s lists and that agree now", TABLE).isEmpty();
        assertThat(Files.readAllLines(TABLE))
                .as(
                        "%s says that of %d vectors of %s %d differ",
                        TABLE, vectors, suite, found.size())
                .anyMatch(line ->
                        line.startsWith("| " + suite + " |")
                                && line.endsWith("| %d | %d |".formatted(vectors, found.size())));
    }

    private Map<String, String> listed() throws IOException {
        Map<String, String> rows = new HashMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && row.group(1).equals(suite)) {
                assertThat(rows.put(row.group(2), row.group(3)))
                        .as("the row of %s in %s stands once", row.group(2), TABLE)
                        .isNull();
            }
        }
        return rows;
    }

    /** The vector as the table writes it: what Markdown or the eye would lose, as in Java. */
    private static String written(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            boolean plain = c >= 0x20 && c < 0x7F && c != '|' && c != '`' && c != '\\';
            boolean lost = c == ' ' && (out.isEmpty() || out.charAt(out.length() - 1) == ' ');
            out.append(plain && !lost ? String.valueOf(c) : "\\u%04x".formatted((int) c));
        }
        if (out.length() > 0 && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
            out.append("\\u0020");
        }
        return out.toString();
    }
}
