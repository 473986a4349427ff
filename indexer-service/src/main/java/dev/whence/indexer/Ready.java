package dev.whence.indexer;

import java.util.List;
import java.util.Optional;

/**
 * What was made beside the publishing, and what the next version takes in.
 *
 * @param compacted files that take the place of others, before anything else happens
 * @param purged the same without what is taken down
 * @param cleared a version in which nothing was found that is taken down; empty for none
 * @param carriedOut steps of queues, one item for a dataset
 * @param folds blocks that take the place of others
 */
record Ready(
        List<Compacted> compacted,
        List<Purged> purged,
        Optional<Cleared> cleared,
        List<CarriedOut> carriedOut,
        ReadyFolds folds) {
    static final Ready NONE =
            new Ready(List.of(), List.of(), Optional.empty(), List.of(), ReadyFolds.NONE);

    boolean isEmpty() {
        return compacted.isEmpty() && !isUrgent() && folds.isEmpty();
    }

    /** Whether people wait for some of it. */
    boolean isUrgent() {
        return !carriedOut.isEmpty() || !purged.isEmpty() || cleared.isPresent();
    }
}
