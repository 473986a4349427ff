package dev.whence.catalog;

/**
 * Which part of a source a batch is, where the source must be looked at whole.
 *
 * @param number from 0, without gaps over the parts of a source
 * @param last whether no part has a greater number
 */
public record BatchPart(String batchId, long number, boolean last) {}
