package dev.whence.indexer;

import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LogRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a publish did and what it took.
 *
 * @param rowsRead rows of the landing files
 * @param rowsAdded rows that became live, those included that merges brought
 * @param rowsKnown those that their datasets already held
 * @param rowsTakenDown those that were left out because they are taken down
 * @param rowsCompared rows of held files that were read to find out
 * @param merges what merges did
 * @param folds that were made beside the publishing and that it took in
 * @param foldsAtOnce that it had to do itself
 * @param taken the entries of the log that it took in, each by itself
 * @param waiting how many partitions have committed entries for the next publish
 */
public record PublishReport(
        int entries,
        int files,
        long rowsRead,
        long rowsAdded,
        long rowsKnown,
        long rowsTakenDown,
        long rowsCompared,
        MergeTotals merges,
        int folds,
        int foldsAtOnce,
        List<LogRange> taken,
        int waiting,
        Map<Phase, Duration> times) {

    static PublishReport of(Draft draft, Map<Phase, Duration> times) {
        return new PublishReport(
                draft.plan().entries().size(),
                draft.change().files().size(),
                draft.intakes().stream().mapToLong(Intake::rowsRead).sum(),
                draft.change().rowsAdded(),
                draft.intakes().stream().mapToLong(Intake::rowsKnown).sum(),
                draft.intakes().stream().mapToLong(Intake::rowsTakenDown).sum(),
                draft.intakes().stream().mapToLong(Intake::rowsCompared).sum(),
                draft.intakes().stream()
                        .map(Intake::merges)
                        .reduce(MergeTotals.NONE, MergeTotals::plus),
                draft.ready().folds().size(),
                draft.foldsAtOnce(),
                draft.plan().entries().stream().map(PublishReport::range).toList(),
                draft.plan().waiting(),
                Map.copyOf(times));
    }

    private static LogRange range(LogEntry entry) {
        return new LogRange(entry.topicId(), entry.partition(), entry.slot(), entry.nextOffset());
    }
}
