package dev.whence.benchmarks.merge;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The contest's outcome, a table a change. */
final class MergeTable {
    private static final String OURS = "whence";
    private static final String ICEBERG = "Iceberg";

    private final List<MergeResult> results;

    MergeTable(List<MergeResult> results) {
        this.results = List.copyOf(results);
    }

    void print(MergeData data) throws Exception {
        for (MergeChange change : MergeChange.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "%n%s: %,d rows, %d of %d files hold a key of theirs%n",
                    change.title(),
                    data.sourceRows().getOrDefault(change, 0L),
                    AffectedCopy.affected(data, change).size(),
                    data.base().size());
            System.out.printf(
                    "  %-36s %10s %10s %10s %10s %10s %10s%n",
                    "", "merge", "x fastest", "x Iceberg", "read", "written", "count");
            results.stream().filter(result -> result.change() == change).forEach(this::line);
        }
    }

    private void line(MergeResult result) {
        System.out.printf(
                Locale.ROOT,
                "  %-36s %8.2f s %10s %10s %7.1f MB %7.1f MB %10s%n",
                result.contestant(),
                result.mergeSeconds(),
                ratio(result, fastest(result.change(), "")),
                ratio(result, fastest(result.change(), ICEBERG)),
                result.bytesRead() / 1e6,
                result.bytesWritten() / 1e6,
                result.countSeconds() > 0
                        ? String.format(Locale.ROOT, "%.2f s", result.countSeconds())
                        : "-");
    }

    private static String ratio(MergeResult result, OptionalDouble seconds) {
        return seconds.isEmpty()
                ? "-"
                : String.format(Locale.ROOT, "%.3f", result.mergeSeconds() / seconds.getAsDouble());
    }

    /** Of the peers whose names begin so. We are no peer, nor is who made no rows. */
    private OptionalDouble fastest(MergeChange change, String name) {
        return results.stream()
                .filter(result -> result.change() == change && !result.rows().isEmpty())
                .filter(result -> !result.contestant().startsWith(OURS))
                .filter(result -> result.contestant().startsWith(name))
                .mapToDouble(MergeResult::mergeSeconds)
                .min();
    }
}
