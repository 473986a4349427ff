package dev.whence.cli;

import dev.whence.cli.place.ExitCode;
import dev.whence.cli.shell.Shell;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whence completion}. */
@Command(
        name = "completion",
        description = {
            "Prints a script by which a shell completes commands, options and names of datasets,"
                    + " which it asks the server for.",
            "",
            "Examples:",
            "  source <(whence completion bash)      # in ~/.bashrc; zsh likewise",
            "  whence completion fish > ~/.config/fish/completions/whence.fish",
            ""
        })
final class CompletionCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        spec.commandLine().getOut().print(shell.completion(spec.root().commandLine()));
        return ExitCode.OK.code();
    }
}
