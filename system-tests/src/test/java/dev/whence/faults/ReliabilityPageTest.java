package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.system.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of faults tells of each that there is, and of no other. */
class ReliabilityPageTest {
    private static final Path PAGE = CommandLine.ROOT.resolve("docs/reliability.md");
    private static final Path FAULTS =
            CommandLine.ROOT.resolve("system-tests/src/test/java/dev/whence/faults");

    private static final Pattern METHOD = Pattern.compile("@Test\\s+void (\\w+)\\(");
    private static final Pattern IN_A_ROW = Pattern.compile("(?m)^\\|.*\\| `(\\w+)` \\|.*\\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

    @Test
    void everyFaultHasARow() throws IOException {
        assertThat(
                        names(Files.readString(PAGE), IN_A_ROW).stream()
                                .filter(ReliabilityPageTest::isMethod))
                .containsExactlyElementsOf(names(faults(), METHOD));
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        var sources = new TreeSet<String>();
        try (Stream<Path> modules = Files.list(CommandLine.ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java")).toList()) {
                if (Files.isDirectory(tests)) {
                    sources.addAll(testsIn(tests));
                }
            }
        }
        assertThat(sources).containsAll(names(Files.readString(PAGE), TEST));
    }

    private static List<String> testsIn(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
        }
    }

    private static boolean isMethod(String name) {
        return Character.isLowerCase(name.charAt(0));
    }

    /** The text of all classes whose methods are faults. */
    private static String faults() throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.list(FAULTS)) {
            for (Path file : files.toList()) {
                String source = Files.readString(file);
                if (source.contains("\n@Faults\n")) {
                    text.append(source);
                }
            }
        }
        return text.toString();
    }

    private static TreeSet<String> names(String text, Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
