package dev.whence.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.whence.cli.Run;
import dev.whence.cli.place.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
    /** A command that knows three datasets, one of which would be run if anybody evaluated it. */
    private static final String FAKE =
            """
            #!/bin/bash
            echo asked >> asked
            printf '%s\\n' c4 'c4 $(touch OWNED)' news
            """;

    @TempDir Path directory;

    @Test
    void completesCommandsOptionsAndDatasetsInBash() throws Exception {
        assertThat(bash("whence", "comp")).contains("compare", "compact", "completion");
        assertThat(bash("whence", "compare", "--dom")).containsExactly("--domains");
        assertThat(bash("whence", "urls", "example.com", "ne")).containsExactly("news");
        assertThat(bash("whence", "export", "set", "--limit", "3", "c4", "n")).contains("news");
        assertThat(bash("whence", "domain", "ne")).doesNotContain("news");
    }

    @Test
    void runsNothingOfANameInBash() throws Exception {
        assertThat(bash("whence", "compare", "c4")).contains("c4", "c4\\ \\$\\(touch\\ OWNED\\)");
        assertThat(directory.resolve("OWNED")).doesNotExist();
    }

    @Test
    void asksTheServerOnceAMinuteInBash() throws Exception {
        assertThat(bash(5, "whence", "compare", "n")).contains("news");
        assertThat(directory.resolve("asked")).hasContent("asked");
    }

    @Test
    void completesInFish() throws Exception {
        String script = Run.of("completion", "fish").out();
        assertThat(script)
                .contains(
                        "complete -c whence -n '__whence_at ; and __whence_first 1' -f -a 'compare'")
                .contains("complete -c whence -n '__whence_at compare' -l domains")
                .contains("complete -c whence -n '__whence_at export set' -s o -l output -r");
        assumeThat(shellIsThere("fish")).as("fish is installed").isTrue();
        Path file = Files.writeString(directory.resolve("whence.fish"), script);
        fake();
        assertThat(
                        run(
                                "fish",
                                "--no-config",
                                "-c",
                                "set -p PATH "
                                        + directory
                                        + "; source "
                                        + file
                                        + "; complete -C 'whence compare c4 n'"))
                .contains("news");
    }

    @Test
    void isReadByZsh() throws Exception {
        assumeThat(shellIsThere("zsh")).as("zsh is installed").isTrue();
        Path file =
                Files.writeString(
                        directory.resolve("whence.zsh"), Run.of("completion", "zsh").out());
        assertThat(
                        run(
                                "zsh",
                                "-f",
                                "-c",
                                "autoload -U compinit; compinit -u -D; source "
                                        + file
                                        + "; echo ${_comps[whence]}"))
                .anyMatch(line -> line.contains("_complete_whence_and_datasets"));
    }

    @Test
    void knowsItsShells() {
        Run run = Run.of("completion", "tcsh");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("BASH, ZSH, FISH");
    }

    /** What bash offers for the last of some words. */
    private List<String> bash(String... words) throws Exception {
        return bash(1, words);
    }

    /** The same, asked for so many times in one shell. */
    private List<String> bash(int times, String... words) throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("whence.bash"), Run.of("completion", "bash").out());
        fake();
        String line = String.join(" ", words);
        return run(
                "bash",
                "--norc",
                "-c",
                """
                PATH=%s:$PATH; source %s
                COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d
                for time in {1..%d}; do
                    _complete_whence_and_datasets whence '%s' '%s' 2>/dev/null
                done
                printf '%%s\\n' "${COMPREPLY[@]}"
                """
                        .formatted(
                                directory,
                                file,
                                line,
                                words.length - 1,
                                line,
                                line.length(),
                                times,
                                words[words.length - 1],
                                words[words.length - 2]));
    }

    private void fake() throws IOException {
        Path fake = Files.writeString(directory.resolve("whence"), FAKE);
        assertThat(fake.toFile().setExecutable(true)).isTrue();
    }

    private static boolean shellIsThere(String name) {
        return List.of("/usr/bin/", "/bin/", "/usr/local/bin/", "/opt/homebrew/bin/").stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory + name)));
    }

    private List<String> run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed.lines().toList();
    }
}
