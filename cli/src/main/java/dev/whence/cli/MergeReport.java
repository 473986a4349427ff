package dev.whence.cli;

import dev.whence.cli.print.Table;
import dev.whence.merge.MergeCounts;
import dev.whence.merge.PlanSummary;
import dev.whence.merge.directory.TableChanged;
import java.io.PrintWriter;
import java.time.Duration;

/** What a merge did, in words or as JSON. */
record MergeReport(TableChanged changed, PlanSummary plan, Duration took) {

    void print(PrintWriter out) {
        ChangeReport report = report();
        report.printHeading(out);
        out.println("rewrite mode %s: %s".formatted(plan.mode(), plan.reason()));
        out.println();
        rows().print(out);
        out.println();
        report.printFiles(out);
        out.println();
        pruning().print(out);
        out.println();
        report.printCosts(out);
    }

    private ChangeReport report() {
        return new ChangeReport(plan.strategy(), changed, took);
    }

    private Table rows() {
        MergeCounts counts = changed.outcome().counts();
        var rows = new Table("ROWS", "");
        rows.add("source", counts.sourceRows());
        rows.add("superseded in it", counts.sourceDuplicates());
        rows.add("inserted", counts.inserted());
        rows.add("updated keys", counts.updated());
        rows.add("deleted", counts.deleted());
        rows.add("before", counts.before());
        rows.add("after", counts.after());
        return rows;
    }

    private Table pruning() {
        var steps = new Table("PLAN", "BECAUSE", "ROW GROUPS", "FILES", "ROWS", "BYTES");
        for (PlanSummary.Step step : plan.steps()) {
            steps.add(
                    step.affected() ? "touched" : "left",
                    step.reason(),
                    step.rowGroups(),
                    step.files(),
                    step.rows(),
                    step.bytes());
        }
        return steps;
    }

    String json() {
        return report().jsonWith(plan).toString();
    }
}
