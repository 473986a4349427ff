package dev.whence.indexer;

import dev.whence.catalog.DatasetQueue;
import dev.whence.index.LakeFile;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The first steps of a dataset's queue, carried out beside the publishing. Nothing names their
 * files before a version takes them in. Immutable.
 *
 * @param since of the queue whose first steps they are
 * @param steps how many
 * @param rules under which they were
 * @param intake what they did to the dataset
 */
record CarriedOut(int datasetId, long since, int steps, RulesInForce rules, Intake intake)
        implements ReadyItem {

    /** Whether newer rules take nothing down of the domains that the new files hold. */
    boolean obeys(RulesInForce newer) {
        TakenDownRows added = newer.since(rules);
        return intake.added().stream().allMatch(file -> added.heldBy(file.counts()).isEmpty());
    }

    @Override
    public long bytes() {
        return intake.added().stream().mapToLong(LiveFile::bytes).sum();
    }

    /**
     * Whether the steps are still to be done, and the files still live that they took out. Others
     * may have been put together meanwhile: which rows the dataset holds is as it was.
     */
    @Override
    public boolean fits(Base base) {
        Optional<DatasetQueue> queue = base.queue(datasetId);
        if (queue.isEmpty() || queue.get().since() != since) {
            return false;
        }
        Set<LakeFile> live = new HashSet<>(base.snapshot().files(datasetId));
        return intake.removed().stream().allMatch(removed -> live.contains(removed.file()));
    }
}
