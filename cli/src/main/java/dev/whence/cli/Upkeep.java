package dev.whence.cli;

import dev.whence.cli.load.Progress;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.table.ChangeOptions;
import dev.whence.cli.table.ChangeProgress;
import dev.whence.cli.table.OpenTable;
import dev.whence.cli.table.Scratch;
import dev.whence.cli.table.TableOptions;
import dev.whence.merge.Dataset;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.directory.TableChange;
import dev.whence.merge.directory.TableChanged;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands have in common that keep a table in shape: the table, and how it goes. */
final class Upkeep {
    @Parameters(
            index = "0",
            paramLabel = "TARGET",
            description = "The table: a directory, or s3://BUCKET/PREFIX.")
    private String target = "";

    @Mixin private ChangeOptions change = new ChangeOptions();

    @Mixin private TableOptions tables = new TableOptions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** One kind of maintenance. */
    interface Kind {
        /** What would be done, with a text and as JSON. */
        Object plan(Dataset target, dev.whence.merge.Progress progress) throws IOException;

        TableChange change(dev.whence.merge.Progress progress);
    }

    /** Makes it. */
    interface Factory {
        Kind of(Path scratch, MergeSettings settings);
    }

    /** Plans and prints, or does it and prints what was done. */
    int run(Factory factory) throws Failure, IOException {
        MergeSettings settings =
                change.settings(
                        MergeSettings.DEFAULT.pruning(),
                        MergeSettings.DEFAULT.planningTime(),
                        MergeSettings.DEFAULT.fullFrom());
        var progress =
                new ChangeProgress(spec.commandLine().getErr(), Progress.standardErrorIsTerminal());
        try (OpenTable table = tables.table(target);
                Scratch scratch = change.scratch()) {
            Kind kind = factory.of(scratch.path(), settings);
            if (change.isDryRun()) {
                Object plan = kind.plan(table.dataset(), progress);
                progress.end();
                print(plan);
            } else {
                long begin = System.nanoTime();
                TableChange asked = kind.change(progress);
                TableChanged changed = table.table().change(asked);
                progress.end();
                print(
                        new ChangeReport(
                                asked.operation(),
                                changed,
                                Duration.ofNanos(System.nanoTime() - begin)));
            }
        } finally {
            progress.end();
        }
        return ExitCode.OK.code();
    }

    private void print(Object plan) {
        PrintWriter out = spec.commandLine().getOut();
        if (change.isJson()) {
            out.println(ChangeReport.json(plan));
        } else {
            out.print(plan);
        }
    }

    private void print(ChangeReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (change.isJson()) {
            out.println(report.json());
        } else {
            report.print(out);
        }
    }
}
