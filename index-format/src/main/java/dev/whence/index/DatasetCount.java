package dev.whence.index;

/** A dataset (u32) and how many URLs of a domain it holds. */
public record DatasetCount(int datasetId, long urls) {}
