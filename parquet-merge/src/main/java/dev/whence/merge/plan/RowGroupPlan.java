package dev.whence.merge.plan;

/**
 * What is known of a row group.
 *
 * @param bytes as it is stored
 * @param keyBytes of it, those of the key columns
 * @param matchedRows rows that have a key of the source, as far as anybody has looked
 */
public record RowGroupPlan(long rows, long bytes, long keyBytes, Reason reason, int matchedRows) {}
