package dev.whence.indexer;

import dev.whence.merge.Fate;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.PlanSummary;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What merges did.
 *
 * @param merged batches that were merged, those included that changed nothing
 * @param refused batches that could not be
 * @param expired sources that never became whole
 * @param inserted rows added
 * @param updated keys whose row was replaced
 * @param deleted rows that are gone
 * @param bytesCopied of those written, pages that were taken as they were stored
 * @param rowGroups row groups of the targets, by what decided of them: the step of pruning that
 *     excluded them, or why they are affected
 * @param time spent, summed over merges that ran side by side
 */
public record MergeTotals(
        long merged,
        long refused,
        long expired,
        long inserted,
        long updated,
        long deleted,
        long filesRewritten,
        long filesInserted,
        long filesRemoved,
        long bytesRead,
        long bytesWritten,
        long bytesCopied,
        Map<String, Long> rowGroups,
        Duration time) {
    static final MergeTotals NONE =
            new MergeTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), Duration.ZERO);

    public MergeTotals {
        rowGroups = Map.copyOf(rowGroups);
    }

    static MergeTotals of(PlanSummary plan, MergeOutcome outcome, Duration time) {
        var rowGroups = new HashMap<String, Long>();
        plan.steps().forEach(step -> rowGroups.put(step.reason(), step.rowGroups()));
        return new MergeTotals(
                1,
                0,
                0,
                outcome.counts().inserted(),
                outcome.counts().updated(),
                outcome.counts().deleted(),
                files(outcome, Fate.REWRITTEN),
                files(outcome, Fate.INSERTED),
                files(outcome, Fate.REMOVED),
                outcome.bytesRead(),
                outcome.bytesWritten(),
                outcome.bytesCopied(),
                rowGroups,
                time);
    }

    static MergeTotals ofRetraction(long rows, long files) {
        return new MergeTotals(1, 0, 0, 0, 0, rows, 0, 0, files, 0, 0, 0, Map.of(), Duration.ZERO);
    }

    static MergeTotals ofPurge(long rows, long filesRewritten, long filesRemoved) {
        return new MergeTotals(
                0,
                0,
                0,
                0,
                0,
                rows,
                filesRewritten,
                0,
                filesRemoved,
                0,
                0,
                0,
                Map.of(),
                Duration.ZERO);
    }

    static MergeTotals ofRollback(long inserted, long deleted, long filesIn, long filesOut) {
        return new MergeTotals(
                0,
                0,
                0,
                inserted,
                0,
                deleted,
                0,
                filesIn,
                filesOut,
                0,
                0,
                0,
                Map.of(),
                Duration.ZERO);
    }

    static MergeTotals ofRefusals(long refused, long expired) {
        return new MergeTotals(
                0, refused, expired, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), Duration.ZERO);
    }

    MergeTotals plus(MergeTotals other) {
        var together = new HashMap<>(rowGroups);
        other.rowGroups.forEach((reason, count) -> together.merge(reason, count, Long::sum));
        return new MergeTotals(
                merged + other.merged,
                refused + other.refused,
                expired + other.expired,
                inserted + other.inserted,
                updated + other.updated,
                deleted + other.deleted,
                filesRewritten + other.filesRewritten,
                filesInserted + other.filesInserted,
                filesRemoved + other.filesRemoved,
                bytesRead + other.bytesRead,
                bytesWritten + other.bytesWritten,
                bytesCopied + other.bytesCopied,
                together,
                time.plus(other.time));
    }

    private static long files(MergeOutcome outcome, Fate fate) {
        return outcome.files().stream().filter(file -> file.fate() == fate).count();
    }
}
