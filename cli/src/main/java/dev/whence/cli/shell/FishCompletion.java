package dev.whence.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A script for fish: a line for each command, option and kind of argument. */
final class FishCompletion {
    /** Whether the words before the cursor that are no options begin with these. */
    private static final String AT =
            """
            # Completion of whence for fish. Names of datasets come from the server.
            function __whence_at
                set -l words (commandline -opc)
                set -e words[1]
                set -l plain (string match -v -- '-*' $words)
                for at in (seq (count $argv))
                    test "$plain[$at]" = "$argv[$at]"; or return 1
                end
            end
            function __whence_first
                set -l words (commandline -opc)
                test (count (string match -v -- '-*' $words)) -eq $argv[1]
            end
            """;

    private static final String DATASETS = "(whence datasets --names 2>/dev/null)";

    private final CommandLine root;
    private final StringBuilder script = new StringBuilder(AT);

    FishCompletion(CommandLine root) {
        this.root = root;
    }

    String script() {
        add(root, List.of());
        return script.toString();
    }

    private void add(CommandLine command, List<String> path) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                add(option, path);
            }
        }
        for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
            if (parameter.paramLabel().equals("DATASET")) {
                line(path, "", "-f -a " + quoted(DATASETS));
            } else {
                candidates(parameter.completionCandidates(), path);
            }
        }
        for (Map.Entry<String, CommandLine> each : command.getSubcommands().entrySet()) {
            CommandSpec spec = each.getValue().getCommandSpec();
            if (spec.usageMessage().hidden()) {
                continue;
            }
            line(
                    path,
                    "; and __whence_first " + (path.size() + 1),
                    "-f -a %s -d %s"
                            .formatted(
                                    quoted(each.getKey()),
                                    quoted(first(spec.usageMessage().description()))));
            var below = new ArrayList<>(path);
            below.add(each.getKey());
            add(each.getValue(), below);
        }
    }

    private void add(OptionSpec option, List<String> path) {
        var words = new StringBuilder();
        for (String name : option.names()) {
            words.append(name.startsWith("--") ? "-l " : "-s ")
                    .append(name.replaceFirst("^--?", ""))
                    .append(' ');
        }
        if (option.arity().max() > 0) {
            boolean isFile =
                    option.paramLabel().equals("FILE") || option.paramLabel().equals("DIR");
            words.append(isFile ? "-r " : "-x ");
            List<String> candidates = list(option.completionCandidates());
            if (option.paramLabel().equals("DATASET")) {
                words.append("-a ").append(quoted(DATASETS)).append(' ');
            } else if (!candidates.isEmpty()) {
                words.append("-a ").append(quoted(String.join(" ", candidates))).append(' ');
            }
        }
        line(path, "", words + "-d " + quoted(first(option.description())));
    }

    private void candidates(@Nullable Iterable<String> words, List<String> path) {
        List<String> candidates = list(words);
        if (!candidates.isEmpty()) {
            line(path, "", "-f -a " + quoted(String.join(" ", candidates)));
        }
    }

    private void line(List<String> path, String condition, String what) {
        script.append("complete -c whence -n ")
                .append(quoted("__whence_at " + String.join(" ", path) + condition))
                .append(' ')
                .append(what)
                .append('\n');
    }

    private static List<String> list(@Nullable Iterable<String> words) {
        return words == null
                ? List.of()
                : StreamSupport.stream(words.spliterator(), false).toList();
    }

    /** The first sentence of a description. */
    private static String first(String[] description) {
        String text = description.length == 0 ? "" : description[0];
        return text.replace("%%", "%").replaceFirst("(?s)[.;:] .*", "").replaceFirst("\\.$", "");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
