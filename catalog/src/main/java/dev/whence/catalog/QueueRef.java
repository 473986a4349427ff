package dev.whence.catalog;

/**
 * A version's word that a dataset has a {@link DatasetQueue}: batches that are in the version's
 * positions, and not yet in its counts.
 */
public record QueueRef(int datasetId, long since) {}
