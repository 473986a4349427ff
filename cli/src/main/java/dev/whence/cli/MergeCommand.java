package dev.whence.cli;

import dev.whence.cli.load.Progress;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.table.ChangeOptions;
import dev.whence.cli.table.ChangeProgress;
import dev.whence.cli.table.OpenTable;
import dev.whence.cli.table.Scratch;
import dev.whence.cli.table.TableOptions;
import dev.whence.merge.MergeRequest;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.MergeStrategy;
import dev.whence.merge.PlanSummary;
import dev.whence.merge.RewriteMode;
import dev.whence.merge.SortOrder;
import dev.whence.merge.directory.Merging;
import dev.whence.merge.directory.TableChanged;
import dev.whence.merge.run.MergePlan;
import dev.whence.merge.run.ParquetMerge;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whence merge}. */
@Command(
        name = "merge",
        description = {
            "Merges the rows of SOURCE into the table TARGET, any Parquet files in a directory or"
                    + " under s3://BUCKET/PREFIX, by writing only the files that change. No service"
                    + " has to run.",
            "",
            "Strategies, by what becomes of a key that both have, only the source, only the target:",
            "  append       kept twice                  added     kept",
            "  insert       the target's row stays      added     kept",
            "  update       replaced by the source's    ignored   kept",
            "  upsert       replaced by the source's    added     kept",
            "  full_merge   replaced by the source's    added     deleted",
            "  deduplicate  upsert of the best row of each key, by --dedup-order-by",
            "  delete       deleted                     ignored   kept",
            "",
            "The change is one commit: readers of the chain (`whence table files TARGET`) see the"
                    + " table before it or after it; a plain listing is right again when the command"
                    + " ends. If it is killed, the next command on the table finishes what was"
                    + " committed; what was not is never seen.",
            "",
            "Examples:",
            "  whence merge new.parquet lake/ --strategy upsert --key id --dry-run",
            "  whence merge gone/ s3://b/lake --strategy delete --key day,id",
            ""
        })
final class MergeCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "A Parquet file, a directory of them, or s3://BUCKET/PREFIX.")
    private String source = "";

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "The table: a directory, or s3://BUCKET/PREFIX.")
    private String target = "";

    @Option(
            names = "--strategy",
            paramLabel = "S",
            required = true,
            description =
                    "append, insert, update, upsert, full_merge, deduplicate or delete; see above.")
    private String strategy = "";

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            split = ",",
            description =
                    "The columns that make a row's key, with commas between or the option again;"
                            + " a.b is the field b of the group a. All strategies but append need one.")
    private List<String> keys = List.of();

    @Option(
            names = "--rewrite-mode",
            paramLabel = "M",
            description =
                    "full (every file is written anew), incremental (only those that hold a matched"
                            + " key; update, upsert and delete) or auto (the cheaper one, with the"
                            + " reason); ${DEFAULT-VALUE} if left out.")
    private String rewriteMode = RewriteMode.FULL.text();

    @Option(
            names = "--dedup-order-by",
            paramLabel = "ORDER",
            split = ",",
            description =
                    "For deduplicate: which of the source's rows of one key wins, the first in this"
                            + " order, such as 'ts desc'; without it the last in the source.")
    private List<String> orders = List.of();

    @Option(
            names = "--prune",
            paramLabel = "STEP",
            description =
                    "The last step of pruning that is taken: ${COMPLETION-CANDIDATES};"
                            + " ${DEFAULT-VALUE} if left out.")
    private MergeSettings.Pruning pruning = MergeSettings.DEFAULT.pruning();

    @Option(
            names = "--planning-time",
            paramLabel = "SECONDS",
            description =
                    "After this no more metadata is read: what is unknown by then counts as affected;"
                            + " ${DEFAULT-VALUE} if left out.")
    private long planningSeconds = MergeSettings.DEFAULT.planningTime().toSeconds();

    @Option(
            names = "--full-from",
            paramLabel = "SHARE",
            description =
                    "The share of the target's bytes, 0 to 1, from which on auto writes everything;"
                            + " ${DEFAULT-VALUE} if left out.")
    private double fullFrom = MergeSettings.DEFAULT.fullFrom();

    @Mixin private ChangeOptions change = new ChangeOptions();

    @Mixin private TableOptions tables = new TableOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, IOException {
        MergeRequest request = request();
        MergeSettings settings =
                change.settings(pruning, Duration.ofSeconds(planningSeconds), fullFrom);
        var progress =
                new ChangeProgress(spec.commandLine().getErr(), Progress.standardErrorIsTerminal());
        try (OpenTable from = tables.open(source);
                OpenTable to = tables.table(target);
                Scratch scratch = change.scratch()) {
            requireApart(from, to);
            var merge = new ParquetMerge(scratch.path(), settings);
            if (change.isDryRun()) {
                plan(merge, from, to, request, progress);
            } else {
                merge(merge, from, to, request, progress);
            }
        } finally {
            progress.end();
        }
        return ExitCode.OK.code();
    }

    private void plan(
            ParquetMerge merge,
            OpenTable from,
            OpenTable to,
            MergeRequest request,
            ChangeProgress progress)
            throws IOException {
        PlanSummary summary;
        try (MergePlan plan =
                merge.plan(
                        to.table().present().dataset(to.store()),
                        from.dataset(),
                        request,
                        progress)) {
            summary = plan.summary();
        }
        progress.end();
        PrintWriter out = spec.commandLine().getOut();
        if (change.isJson()) {
            out.println(ChangeReport.json(summary));
        } else {
            out.print(summary);
        }
    }

    private void merge(
            ParquetMerge merge,
            OpenTable from,
            OpenTable to,
            MergeRequest request,
            ChangeProgress progress)
            throws IOException {
        long begin = System.nanoTime();
        // Of several plans, where another writer was faster, the last one counts.
        var planned = new AtomicReference<PlanSummary>();
        TableChanged changed =
                to.table()
                        .change(
                                new Merging(
                                        merge,
                                        from.dataset(),
                                        request,
                                        progress,
                                        plan -> planned.set(plan.summary())));
        progress.end();
        var report =
                new MergeReport(
                        changed, planned.get(), Duration.ofNanos(System.nanoTime() - begin));
        PrintWriter out = spec.commandLine().getOut();
        if (change.isJson()) {
            out.println(report.json());
        } else {
            report.print(out);
        }
    }

    private MergeRequest request() throws Failure {
        try {
            return new MergeRequest(
                    MergeStrategy.of(strategy),
                    keys,
                    RewriteMode.of(rewriteMode),
                    orders.stream().map(SortOrder::of).toList());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e);
        }
    }

    private void requireApart(OpenTable from, OpenTable to) throws Failure {
        if (from.overlaps(to)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "SOURCE %s and TARGET %s: one lies within the other".formatted(source, target),
                    null);
        }
    }
}
