package dev.whence.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A batch that a version took in and that changed nothing.
 *
 * @param batchId as the producer named it; null if it did not
 * @param reason for people
 */
public record RefusedBatch(Strategy strategy, @Nullable String batchId, String reason) {}
