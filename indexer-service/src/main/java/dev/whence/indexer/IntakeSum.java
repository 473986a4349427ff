package dev.whence.indexer;

import dev.whence.catalog.Effect;
import dev.whence.catalog.LoggedMerge;
import dev.whence.catalog.RefusedBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes together of one dataset's intake, step by step. Not thread-safe. */
final class IntakeSum {
    private final List<String> superseded = new ArrayList<>();
    private final List<RefusedBatch> refused = new ArrayList<>();
    private MergeTotals merges = MergeTotals.NONE;
    private boolean retracted;
    private long rowsRead;
    private long rowsKnown;
    private long rowsTakenDown;
    private long rowsCompared;

    /** Begins with what was done before. */
    void goOnFrom(Intake before) {
        superseded.addAll(before.superseded());
        refused.addAll(before.refused());
        merges = before.merges();
        retracted = before.retracted();
        rowsRead = before.rowsRead();
        rowsKnown = before.rowsKnown();
        rowsTakenDown = before.rowsTakenDown();
        rowsCompared = before.rowsCompared();
    }

    void beginStep() {
        retracted = false;
    }

    void read(long rows) {
        rowsRead += rows;
    }

    /** Rows of a file that were left out. */
    void leftOut(long takenDown) {
        rowsTakenDown += takenDown;
    }

    /** Files of the lake were written anew, or taken out. */
    void purged(Purged purged) {
        long emptied = (long) purged.removed().size() - purged.added().size();
        merges = merges.plus(MergeTotals.ofPurge(purged.rows(), purged.added().size(), emptied));
    }

    void compared(long rows, long known) {
        rowsCompared += rows;
        rowsKnown += known;
    }

    void merged(DatasetMerge.Merged merged) {
        merges = merges.plus(MergeTotals.of(merged.plan(), merged.outcome(), merged.time()));
    }

    void refuse(Effect effect, @Nullable String batchId, String reason) {
        refused.add(new RefusedBatch(effect.strategy(), batchId, reason));
        merges = merges.plus(MergeTotals.ofRefusals(1, 0));
    }

    void expired(List<RefusedBatch> sources) {
        refused.addAll(sources);
        merges = merges.plus(MergeTotals.ofRefusals(0, sources.size()));
    }

    /**
     * The dataset is no more.
     *
     * @param sources that waited for parts
     */
    void retracted(long rows, int files, List<RefusedBatch> sources) {
        refused.addAll(sources);
        merges = merges.plus(MergeTotals.ofRetraction(rows, files));
        retracted = true;
    }

    /**
     * The dataset holds what it held before.
     *
     * @param gone whether it was none then
     */
    void rolledBack(List<LiveFile> added, List<RemovedFile> removed, boolean gone) {
        merges =
                merges.plus(
                        MergeTotals.ofRollback(
                                added.stream().mapToLong(file -> file.counts().rows()).sum(),
                                removed.stream().mapToLong(file -> file.file().rows()).sum(),
                                added.size(),
                                removed.size()));
        removed.forEach(file -> superseded.add(file.file().key()));
        retracted = gone;
    }

    void supersede(String key) {
        superseded.add(key);
    }

    void supersedeSources(LoggedMerge merge) {
        merge.sources().forEach(source -> superseded.add(source.key()));
    }

    Intake toIntake(
            int datasetId,
            List<Compacted> moves,
            List<LiveFile> added,
            List<RemovedFile> removed,
            WaitingSources waiting,
            StepQueue queue) {
        return new Intake(
                datasetId,
                moves,
                added,
                removed,
                List.copyOf(superseded),
                rowsRead,
                rowsKnown,
                rowsTakenDown,
                rowsCompared,
                merges,
                List.copyOf(refused),
                waiting.parts(),
                queue.toQueue().orElse(null),
                retracted);
    }
}
