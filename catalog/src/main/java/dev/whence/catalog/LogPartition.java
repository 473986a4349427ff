package dev.whence.catalog;

/** A partition of a topic; a topic that was made again has another id. */
public record LogPartition(String topicId, int partition) {}
