package dev.whence.cli.ask;

import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How much of a list is told: some, or all. */
public final class HowMany {
    private static final int DEFAULT_LIMIT = 1_000;

    @ArgGroup private Exclusive chosen = new Exclusive();

    static final class Exclusive {
        @Option(
                names = "--limit",
                paramLabel = "N",
                description = "The most lines to print; " + DEFAULT_LIMIT + " if left out.")
        private long limit = DEFAULT_LIMIT;

        @Option(names = "--all", description = "Print all of them.")
        private boolean all;
    }

    /** The most there may be. */
    public long most() throws Failure {
        if (chosen.limit < 1) {
            throw new Failure(ExitCode.USAGE, "--limit is 1 or more", null);
        }
        return chosen.all ? Long.MAX_VALUE : chosen.limit;
    }
}
