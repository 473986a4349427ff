package dev.whence.indexer;

import dev.whence.merge.Fate;
import dev.whence.merge.MergeOutcome;
import java.time.Duration;

/**
 * What merges did.
 *
 * @param merged batches that were merged, those included that changed nothing
 * @param refused batches that could not be
 * @param expired sources that never became whole
 * @param inserted rows added
 * @param updated keys whose row was replaced
 * @param deleted rows that are gone
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
        Duration time) {
    static final MergeTotals NONE = new MergeTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);

    static MergeTotals of(MergeOutcome outcome, Duration time) {
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
                time);
    }

    static MergeTotals ofRetraction(long rows, long files) {
        return new MergeTotals(1, 0, 0, 0, 0, rows, 0, 0, files, 0, 0, Duration.ZERO);
    }

    static MergeTotals ofRefusals(long refused, long expired) {
        return new MergeTotals(0, refused, expired, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);
    }

    MergeTotals plus(MergeTotals other) {
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
                time.plus(other.time));
    }

    private static long files(MergeOutcome outcome, Fate fate) {
        return outcome.files().stream().filter(file -> file.fate() == fate).count();
    }
}
