package dev.whence.indexer;

import dev.whence.catalog.FreshId;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Whoever writes files of the lake anew beside the publishing, and what they have ready. A dataset
 * is in one hand at a time: nobody begins with one that another works on, or waits to. What is
 * taken down comes before what others wait to do. Thread-safe.
 */
final class LakeWork {
    private final ReadyWork<Compacted> compacted = new ReadyWork<>();
    private final ReadyWork<Purged> purged = new ReadyWork<>();
    private final ReadyWork<CarriedOut> carriedOut = new ReadyWork<>();
    private final Compactor compactor;
    private final Purger purger;
    private final QueueRuns queueRuns;

    /**
     * @param cacheDirectory beside it are directories of its name and {@code -compaction}, {@code
     *     -queue} or {@code -purge}
     */
    LakeWork(
            ObjectStore store,
            Path cacheDirectory,
            IndexerSettings settings,
            Comparison comparison,
            FreshId ids,
            FollowedRules rules)
            throws IOException {
        this.queueRuns =
                new QueueRuns(
                        store,
                        comparison,
                        ids,
                        scratchBeside(cacheDirectory, "-queue"),
                        rules,
                        settings.limits(),
                        carriedOut,
                        this::isCompactedOrPurged);
        this.compactor =
                new Compactor(
                        store,
                        scratchBeside(cacheDirectory, "-compaction"),
                        settings.compaction(),
                        ids,
                        compacted,
                        this::isMergedOrPurged);
        this.purger =
                new Purger(
                        store,
                        rules,
                        ids,
                        scratchBeside(cacheDirectory, "-purge"),
                        settings.compaction().runBytes(),
                        purged,
                        this::isMergedOrCompacted);
    }

    Compactor compactor() {
        return compactor;
    }

    Purger purger() {
        return purger;
    }

    QueueRuns queueRuns() {
        return queueRuns;
    }

    /** Files that were put together. */
    ReadyWork<Compacted> compacted() {
        return compacted;
    }

    /** Files without what is taken down. */
    ReadyWork<Purged> purged() {
        return purged;
    }

    /** Steps of queues. */
    ReadyWork<CarriedOut> carriedOut() {
        return carriedOut;
    }

    /** What runs is given up soon, and nothing begins any more. */
    void stop() {
        compactor.stop();
        purger.stop();
        queueRuns.stop();
    }

    private boolean isCompactedOrPurged(int datasetId) {
        return compactor.holds(datasetId) || purger.holds(datasetId);
    }

    private boolean isMergedOrPurged(int datasetId) {
        return queueRuns.holds(datasetId) || purger.holds(datasetId);
    }

    private boolean isMergedOrCompacted(int datasetId) {
        return queueRuns.holds(datasetId) || compactor.writes(datasetId);
    }

    private static Scratch scratchBeside(Path cacheDirectory, String suffix) {
        return new Scratch(cacheDirectory.resolveSibling(cacheDirectory.getFileName() + suffix));
    }
}
