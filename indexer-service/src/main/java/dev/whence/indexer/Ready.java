package dev.whence.indexer;

import java.util.List;

/**
 * What was made beside the publishing, and what the next version takes in.
 *
 * @param compacted files that take the place of others, before anything else happens
 * @param carriedOut steps of queues, one item for a dataset
 * @param folds blocks that take the place of others
 */
record Ready(List<Compacted> compacted, List<CarriedOut> carriedOut, ReadyFolds folds) {
    static final Ready NONE = new Ready(List.of(), List.of(), ReadyFolds.NONE);

    boolean isEmpty() {
        return compacted.isEmpty() && carriedOut.isEmpty() && folds.isEmpty();
    }
}
