package dev.whence.cli;

import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.print.Table;
import dev.whence.cli.table.Age;
import dev.whence.cli.table.OpenTable;
import dev.whence.cli.table.TableOptions;
import dev.whence.merge.directory.TableCleaning.Cleaned;
import dev.whence.merge.directory.TableCommit;
import dev.whence.merge.directory.TableSnapshot;
import dev.whence.store.ObjectInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whence table}: what exact readers and tidy people need of a table in a directory. */
@Command(
        name = "table",
        description = {
            "Shows what a table in a directory or under s3://BUCKET/PREFIX is made of, and deletes"
                    + " what no longer counts.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND")
final class TableCommand {
    private static final String TABLE = "The table: a directory, or s3://BUCKET/PREFIX.";

    @Mixin private TableOptions tables = new TableOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "files",
            description = {
                "Prints where the table's files are, one a line, exactly, even while a merge moves"
                        + " them; or a query that reads them.",
                ""
            })
    int files(
            @Parameters(paramLabel = "TABLE", description = TABLE) String location,
            @Option(
                            names = "--sql",
                            paramLabel = "ENGINE",
                            description =
                                    "Print a read for an engine instead: ${COMPLETION-CANDIDATES}"
                                            + " (DuckDB's SQL, or PySpark).")
                    @Nullable LakeQuery query)
            throws Failure, IOException {
        try (OpenTable open = tables.table(location)) {
            TableSnapshot snapshot = open.table().snapshot();
            PrintWriter out = out();
            if (snapshot.files().isEmpty()) {
                err().println(location + " has no files");
                return ExitCode.OK.code();
            }
            if (query == null) {
                snapshot.files().forEach(live -> out.println(open.named(live.key())));
                return ExitCode.OK.code();
            }
            requireInPlace(location, snapshot);
            query.begin(open.rootName(), out);
            for (TableSnapshot.Live live : snapshot.files()) {
                query.file(open.named(live.key()), out);
            }
            query.end(out);
        }
        return ExitCode.OK.code();
    }

    /** An engine takes partition values from paths: a staged file's would be missing. */
    private static void requireInPlace(String location, TableSnapshot snapshot) throws Failure {
        for (TableSnapshot.Live live : snapshot.files()) {
            if (live.isStaged() && !live.partition().values().isEmpty()) {
                throw Failure.of(
                        "commit %d is not finished, %s is still staged: run `whence table finish %s`"
                                .formatted(snapshot.number(), live.file().path(), location),
                        null);
            }
        }
    }

    @Command(
            name = "log",
            description = {"Prints the newest commits of the table, newest first.", ""})
    int log(
            @Parameters(paramLabel = "TABLE", description = TABLE) String location,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "The most to print; ${DEFAULT-VALUE} if left out.")
                    int limit)
            throws Failure, IOException {
        if (limit < 1) {
            throw new Failure(ExitCode.USAGE, "--limit is 1 or more", null);
        }
        try (OpenTable open = tables.table(location)) {
            List<TableCommit> log = open.table().log(limit);
            var table =
                    new Table(
                            "COMMIT",
                            "AT",
                            "OPERATION",
                            "FILES",
                            "ADDED",
                            "REMOVED",
                            "INSERTED",
                            "UPDATED",
                            "DELETED");
            for (TableCommit commit : log) {
                var counts = commit.counts();
                table.add(
                        commit.number(),
                        commit.committedAt().truncatedTo(ChronoUnit.SECONDS),
                        commit.operation(),
                        commit.kept().size() + commit.added().size(),
                        commit.added().size(),
                        commit.removed().size(),
                        counts == null ? 0 : counts.inserted(),
                        counts == null ? 0 : counts.updated(),
                        counts == null ? 0 : counts.deleted());
            }
            table.print(out());
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "finish",
            description = {
                "Moves the files of a commit to their places whose writer did not live to do it; every"
                        + " command that changes the table does this first.",
                ""
            })
    int finish(@Parameters(paramLabel = "TABLE", description = TABLE) String location)
            throws Failure, IOException {
        try (OpenTable open = tables.table(location)) {
            open.table().rollForward();
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "expire",
            description = {
                "Deletes files that merges took out of the table before a time: until then they can"
                        + " be brought back by hand from _whence/replaced.",
                ""
            })
    int expire(
            @Parameters(paramLabel = "TABLE", description = TABLE) String location,
            @Option(
                            names = "--older-than",
                            paramLabel = "AGE",
                            defaultValue = "7d",
                            converter = Age.class,
                            description =
                                    "How long ago they were taken out, such as 24h or 7d;"
                                            + " ${DEFAULT-VALUE} if left out.")
                    Duration age,
            @Option(names = "--dry-run", description = "Only print what would be deleted.")
                    boolean dryRun)
            throws Failure, IOException {
        try (OpenTable open = tables.table(location)) {
            return print(open.table().cleaning().expire(Instant.now().minus(age), dryRun), dryRun);
        }
    }

    @Command(
            name = "sweep",
            description = {
                "Deletes what merges left staged that were never committed, because they were killed.",
                ""
            })
    int sweep(
            @Parameters(paramLabel = "TABLE", description = TABLE) String location,
            @Option(
                            names = "--older-than",
                            paramLabel = "AGE",
                            defaultValue = "2d",
                            converter = Age.class,
                            description =
                                    "How long ago they staged their last file, such as 24h or 7d;"
                                            + " ${DEFAULT-VALUE} if left out.")
                    Duration age,
            @Option(names = "--dry-run", description = "Only print what would be deleted.")
                    boolean dryRun)
            throws Failure, IOException {
        try (OpenTable open = tables.table(location)) {
            return print(open.table().cleaning().sweep(Instant.now().minus(age), dryRun), dryRun);
        }
    }

    private int print(Cleaned cleaned, boolean dryRun) {
        for (ObjectInfo object : cleaned.objects()) {
            out().println(object.key());
        }
        err().println(
                        "%s %s objects with %s bytes"
                                .formatted(
                                        dryRun ? "would delete" : "deleted",
                                        Table.number(cleaned.objects().size()),
                                        Table.number(cleaned.bytes())));
        return ExitCode.OK.code();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
