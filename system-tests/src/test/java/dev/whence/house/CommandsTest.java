package dev.whence.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.cli.Whence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every command that a page tells people to type is one. */
class CommandsTest {
    private static final Path ROOT = Path.of(System.getProperty("whence.root"));

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```[a-z]*\n(.*?)^```");
    private static final Pattern TYPED =
            Pattern.compile("(?m)(?:^|\\| *|; *|&& *)(?:\\./)?whence ([a-z][^|#>;\n]*)");
    private static final Pattern INLINE = Pattern.compile("`(?:\\./)?whence ([a-z][^`|\n]*)`");
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|\\S+");

    @Test
    void everyCommandOfAPageParses() throws IOException {
        var wrong = new ArrayList<String>();
        int found = 0;
        for (Path page : pages()) {
            String text = Files.readString(page);
            for (String command : commands(page, text)) {
                found++;
                String problem = problem(command);
                if (problem != null) {
                    wrong.add(
                            "%s: whence %s: %s".formatted(ROOT.relativize(page), command, problem));
                }
            }
        }
        assertThat(found).isGreaterThan(30);
        assertThat(wrong).as("commands that there are not").isEmpty();
    }

    @Test
    void seesCommandsWhereTheyAreTyped() {
        assertThat(
                        typed(
                                """
                                no whence domain here
                                ```
                                ./whence domain example.com   # why
                                zcat list.gz | whence load mine - --wait
                                whence files --sql duckdb | duckdb
                                ```
                                """))
                .containsExactly("domain example.com", "load mine - --wait", "files --sql duckdb");
        assertThat(problem("domain")).contains("DOMAIN");
        assertThat(problem("domian example.com")).contains("domian");
        assertThat(problem("index rollback 264 --dataset c4 --reason \"two words\"")).isNull();
    }

    @Test
    void theScriptsHelpNamesEveryCommand() throws Exception {
        Process help =
                new ProcessBuilder(ROOT.resolve("whence").toString(), "help")
                        .redirectErrorStream(true)
                        .start();
        String text = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var commands = new ArrayList<>(scripted());
        commands.addAll(commandLine().getSubcommands().keySet());
        assertThat(commands).contains("up", "index", "load");
        assertThat(commands)
                .as("commands that the help does not name")
                .allSatisfy(name -> assertThat(text).containsPattern("[ |]%s\\b".formatted(name)));
    }

    private static List<Path> pages() throws IOException {
        var pages =
                new ArrayList<>(
                        List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    /** Those of blocks everywhere; in runbooks, where people copy from the text, too, all. */
    private static List<String> commands(Path page, String text) {
        var commands = new ArrayList<>(typed(text));
        if (page.getParent().endsWith("runbooks") || page.endsWith("operations.md")) {
            Matcher inline = INLINE.matcher(BLOCK.matcher(text).replaceAll(""));
            while (inline.find()) {
                // A name alone speaks of the command.
                if (inline.group(1).strip().contains(" ")) {
                    commands.add(inline.group(1).strip());
                }
            }
        }
        return commands;
    }

    private static List<String> typed(String text) {
        var commands = new ArrayList<String>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            Matcher lines = TYPED.matcher(blocks.group(1));
            while (lines.find()) {
                commands.add(lines.group(1).strip());
            }
        }
        return commands;
    }

    /** What is wrong with a command; null if it could be run. */
    private static String problem(String command) {
        List<String> words = new ArrayList<>();
        Matcher each = WORD.matcher(command);
        while (each.find()) {
            words.add(each.group().replaceAll("^[\"']|[\"']$", ""));
        }
        try {
            if (scripted().contains(words.getFirst())) {
                return null;
            }
            // The form of a command, to be filled in, is not one to be typed as it stands.
            if ((command.contains("[") || command.contains("…"))
                    && commandLine().getSubcommands().containsKey(words.getFirst())) {
                return null;
            }
            commandLine().parseArgs(words.toArray(String[]::new));
            return null;
        } catch (CommandLine.ParameterException e) {
            return e.getMessage();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CommandLine commandLine() {
        return new CommandLine(Whence.class).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** What the script does itself. */
    private static List<String> scripted() throws IOException {
        var commands = new ArrayList<String>();
        Matcher cases =
                Pattern.compile("(?m)^([a-z]+)\\)$")
                        .matcher(Files.readString(ROOT.resolve("whence")));
        while (cases.find()) {
            commands.add(cases.group(1));
        }
        return commands;
    }
}
