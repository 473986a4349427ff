package dev.whence.indexer;

import java.util.List;

/**
 * What was made beside the publishing, and what the next version takes in.
 *
 * @param compacted files that take the place of others, before anything else happens
 * @param carriedOut steps of queues, one item for a dataset
 */
record Ready(List<Compacted> compacted, List<CarriedOut> carriedOut) {}
