package dev.whence.cli.ask;

import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The version that answers. */
public final class VersionOption {
    @Option(
            names = "--version",
            paramLabel = "N",
            description =
                    "Answer from this version, as long as it is kept; from the newest if left out.")
    private @Nullable Long version;

    /** The number, or null for the newest. */
    public @Nullable Long number() throws Failure {
        if (version != null && version < 0) {
            throw new Failure(ExitCode.USAGE, "--version is 0 or more", null);
        }
        return version;
    }
}
