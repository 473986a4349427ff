package dev.whence.catalog;

/**
 * Up to where a version holds a partition: every entry before {@code nextOffset}, and none after.
 */
public record LogPosition(String topicId, int partition, long nextOffset) {

    public LogPartition logPartition() {
        return new LogPartition(topicId, partition);
    }
}
