package dev.whence.indexer;

import dev.whence.catalog.DatasetQueue;
import dev.whence.catalog.RefusedBatch;
import dev.whence.catalog.WaitingPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a publish takes into one dataset.
 *
 * @param moves compacted files that become live in the place of others, all of them: they change no
 *     count
 * @param added the other files that become live, in the order in which they take effect
 * @param removed the other files of the base that are live no more
 * @param superseded keys of all that are live no more, of landing files that are not live after
 *     all, and of sources of merges that are done
 * @param rowsRead rows of all landing files
 * @param rowsKnown those that the dataset already held
 * @param rowsTakenDown those that were left out because they are taken down; they count as not read
 * @param rowsCompared rows of held files that were read to find out
 * @param refused batches that changed nothing
 * @param waiting parts of sources that wait for others, after this publish
 * @param queue steps that wait, after this publish; null for none
 * @param retracted whether the dataset is no more
 */
record Intake(
        int datasetId,
        List<Compacted> moves,
        List<LiveFile> added,
        List<RemovedFile> removed,
        List<String> superseded,
        long rowsRead,
        long rowsKnown,
        long rowsTakenDown,
        long rowsCompared,
        MergeTotals merges,
        List<RefusedBatch> refused,
        List<WaitingPart> waiting,
        @Nullable DatasetQueue queue,
        boolean retracted) {

    /** Rows that the dataset came to hold. */
    long rowsAdded() {
        return rowsRead - rowsKnown + merges.inserted();
    }

    /** Rows that it held, or came to hold, and lost. */
    long rowsRemoved() {
        return merges.deleted();
    }
}
