package dev.whence.catalog;

import java.util.List;

/**
 * Steps of the log that wait for one dataset, because the first of them takes longer than a publish
 * may.
 *
 * @param since the version in which the first step came to be the first. It tells whoever carries
 *     the steps out whether they are the same still, and is never given again to this dataset
 * @param steps in the order in which they take effect, at least one
 */
public record DatasetQueue(int datasetId, long since, List<QueuedStep> steps) {
    public DatasetQueue {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a queue has at least one step");
        }
        steps = List.copyOf(steps);
    }

    /** What a version says of it. */
    public QueueRef ref() {
        return new QueueRef(datasetId, since);
    }
}
