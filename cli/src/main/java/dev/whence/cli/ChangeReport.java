package dev.whence.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.cli.print.Table;
import dev.whence.merge.DataFile;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.directory.TableChanged;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a change did to a table, in words or as JSON: what all kinds of it have in common. */
record ChangeReport(String operation, TableChanged changed, Duration took) {
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

    void printHeading(PrintWriter out) {
        out.println(
                "%s: %s"
                        .formatted(
                                operation,
                                changed.commit().isPresent()
                                        ? "commit " + changed.commit().getAsLong()
                                        : "nothing to change, no commit"));
    }

    void printFiles(PrintWriter out) {
        var files = new Table("FILES", "", "ROWS", "BYTES");
        for (Fate fate : Fate.values()) {
            List<FileOutcome> those =
                    changed.outcome().files().stream().filter(file -> file.fate() == fate).toList();
            files.add(
                    fate.name().toLowerCase(Locale.ROOT),
                    those.size(),
                    those.stream().mapToLong(FileOutcome::rows).sum(),
                    those.stream().mapToLong(ChangeReport::bytes).sum());
        }
        files.print(out);
    }

    void printCosts(PrintWriter out) {
        MergeOutcome outcome = changed.outcome();
        out.println(
                "read %s bytes, wrote %s (%s of them copied), in %s s"
                        .formatted(
                                Table.number(outcome.bytesRead()),
                                Table.number(outcome.bytesWritten()),
                                Table.number(outcome.bytesCopied()),
                                String.format(Locale.ROOT, "%.1f", took.toMillis() / 1e3)));
        if (changed.rebasedOver() > 0) {
            out.println(
                    "%d commits of others came in between; before and after do not count their rows"
                            .formatted(changed.rebasedOver()));
        }
    }

    /** All of it, where rows may go and none comes. */
    void print(PrintWriter out) {
        printHeading(out);
        out.println();
        var rows = new Table("ROWS", "");
        rows.add("before", changed.outcome().counts().before());
        rows.add("deleted", changed.outcome().counts().deleted());
        rows.add("after", changed.outcome().counts().after());
        rows.print(out);
        out.println();
        printFiles(out);
        out.println();
        printCosts(out);
    }

    ObjectNode json() {
        ObjectNode report = JSON.createObjectNode();
        changed.commit().ifPresent(commit -> report.put("commit", commit));
        report.put("rebased_over", changed.rebasedOver());
        report.put("replanned", changed.replanned());
        report.set("counts", JSON.valueToTree(changed.outcome().counts()));
        report.put("bytes_read", changed.outcome().bytesRead());
        report.put("bytes_written", changed.outcome().bytesWritten());
        report.put("bytes_copied", changed.outcome().bytesCopied());
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
        return report;
    }

    ObjectNode jsonWith(Object plan) {
        ObjectNode report = json();
        report.set("plan", JSON.valueToTree(plan));
        return report;
    }

    /** Of the new file; of the old one if there is no other. */
    private static long bytes(FileOutcome file) {
        return file.after().or(file::before).map(DataFile::bytes).orElse(0L);
    }
}
