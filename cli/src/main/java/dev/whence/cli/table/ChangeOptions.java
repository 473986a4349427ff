package dev.whence.cli.table;

import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.merge.MergeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes that changes a table. */
public final class ChangeOptions {
    private static final long MEBIBYTE = 1L << 20;

    @Option(
            names = "--dry-run",
            description = "Plan only, print the plan with its reasons, and change nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the result, or the plan, as one JSON object.")
    private boolean json;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Files that are read and written at a time, 1 to 64; ${DEFAULT-VALUE} if left"
                            + " out.")
    private int threads = MergeSettings.DEFAULT.threads();

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            description =
                    "Decoded rows that one thread may hold, 16 to 4096 MiB; ${DEFAULT-VALUE} if left"
                            + " out.")
    private long memoryMebibytes = MergeSettings.DEFAULT.memoryBytes() / MEBIBYTE;

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description =
                    "Where rows that are read and files in the making lie until the end: as much room"
                            + " as both need; the system's directory for temporary files if left out.")
    private @Nullable Path scratch;

    public boolean isDryRun() {
        return dryRun;
    }

    public boolean isJson() {
        return json;
    }

    public MergeSettings settings(
            MergeSettings.Pruning pruning, Duration planningTime, double fullFrom) throws Failure {
        try {
            return new MergeSettings(
                    threads, pruning, planningTime, fullFrom, memoryMebibytes * MEBIBYTE);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e);
        }
    }

    /** A new directory below the one for scratch, which the caller deletes. */
    public Scratch scratch() throws Failure, IOException {
        if (scratch == null) {
            return new Scratch(Files.createTempDirectory("whence-merge"));
        }
        if (!Files.isDirectory(scratch)) {
            throw new Failure(
                    ExitCode.USAGE, "--scratch " + scratch + ": there is no such directory", null);
        }
        return new Scratch(Files.createTempDirectory(scratch, "whence-merge"));
    }
}
