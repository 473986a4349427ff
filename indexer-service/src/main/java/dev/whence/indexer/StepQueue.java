package dev.whence.indexer;

import dev.whence.catalog.DatasetQueue;
import dev.whence.catalog.QueuedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The queue of one dataset while a publish changes it. Not thread-safe. */
final class StepQueue {
    private final int datasetId;
    private final long version;
    private final List<QueuedStep> steps = new ArrayList<>();
    private long since;

    /**
     * @param base the queue in the version before
     * @param version the one that is made
     */
    StepQueue(int datasetId, Optional<DatasetQueue> base, long version) {
        this.datasetId = datasetId;
        this.version = version;
        this.since = base.map(DatasetQueue::since).orElse(version);
        base.ifPresent(queue -> steps.addAll(queue.steps()));
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    void add(Step step) {
        steps.add(step.queued());
    }

    /** Takes out the first steps. */
    List<Step> remove(int count) {
        List<QueuedStep> first = steps.subList(0, count);
        List<Step> removed = first.stream().map(Step::of).toList();
        first.clear();
        since = version;
        return removed;
    }

    /** Takes out all steps. */
    List<Step> removeAll() {
        return remove(steps.size());
    }

    /** What is left; empty for nothing. */
    Optional<DatasetQueue> toQueue() {
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(new DatasetQueue(datasetId, since, steps));
    }
}
