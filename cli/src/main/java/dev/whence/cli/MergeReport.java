package dev.whence.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.merge.DataFile;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.MergeCounts;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.PlanSummary;
import dev.whence.merge.directory.TableChanged;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a merge did, in words or as JSON. */
record MergeReport(TableChanged changed, PlanSummary plan, Duration took) {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot print " + value.getClass() + " as JSON", e);
        }
    }

    void print(PrintWriter out) {
        MergeOutcome outcome = changed.outcome();
        MergeCounts counts = outcome.counts();
        out.println(
                "%s: %s"
                        .formatted(
                                plan.strategy(),
                                changed.commit().isPresent()
                                        ? "commit " + changed.commit().getAsLong()
                                        : "nothing to change, no commit"));
        out.println("rewrite mode %s: %s".formatted(plan.mode(), plan.reason()));
        out.println();
        var rows = new Table("ROWS", "");
        rows.add("source", counts.sourceRows());
        rows.add("superseded in it", counts.sourceDuplicates());
        rows.add("inserted", counts.inserted());
        rows.add("updated keys", counts.updated());
        rows.add("deleted", counts.deleted());
        rows.add("before", counts.before());
        rows.add("after", counts.after());
        rows.print(out);
        out.println();
        files(outcome).print(out);
        out.println();
        pruning().print(out);
        out.println();
        out.println(
                "read %s bytes, wrote %s, in %s s"
                        .formatted(
                                Table.number(outcome.bytesRead()),
                                Table.number(outcome.bytesWritten()),
                                seconds()));
        if (changed.rebasedOver() > 0) {
            out.println(
                    "%d commits of others came in between; before and after do not count their rows"
                            .formatted(changed.rebasedOver()));
        }
    }

    private static Table files(MergeOutcome outcome) {
        var files = new Table("FILES", "", "ROWS", "BYTES");
        for (Fate fate : Fate.values()) {
            List<FileOutcome> those =
                    outcome.files().stream().filter(file -> file.fate() == fate).toList();
            files.add(
                    fate.name().toLowerCase(Locale.ROOT),
                    those.size(),
                    those.stream().mapToLong(FileOutcome::rows).sum(),
                    those.stream().mapToLong(MergeReport::bytes).sum());
        }
        return files;
    }

    /** Of the new file; of the old one if there is no other. */
    private static long bytes(FileOutcome file) {
        return file.after().or(file::before).map(DataFile::bytes).orElse(0L);
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

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f", took.toMillis() / 1e3);
    }

    String json() {
        ObjectNode report = JSON.createObjectNode();
        changed.commit().ifPresent(commit -> report.put("commit", commit));
        report.put("rebased_over", changed.rebasedOver());
        report.put("replanned", changed.replanned());
        report.set("counts", JSON.valueToTree(changed.outcome().counts()));
        report.put("bytes_read", changed.outcome().bytesRead());
        report.put("bytes_written", changed.outcome().bytesWritten());
        report.put("millis", took.toMillis());
        ArrayNode files = report.putArray("files");
        for (FileOutcome outcome : changed.outcome().files()) {
            ObjectNode file = files.addObject();
            file.put("fate", outcome.fate().name().toLowerCase(Locale.ROOT));
            outcome.before().ifPresent(before -> file.put("before", before.key()));
            outcome.after().ifPresent(after -> file.put("after", after.key()));
            file.put("rows", outcome.rows());
            file.put("bytes", bytes(outcome));
        }
        report.set("plan", JSON.valueToTree(plan));
        return report.toString();
    }
}
