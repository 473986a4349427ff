package dev.whence.catalog;

/**
 * A topic that is ingested, with as many partitions as it had when it was registered; registered
 * again when it has more.
 */
public record LogTopic(int format, String topicId, String name, int partitions) {}
