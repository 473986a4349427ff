package dev.whence.cli.load;

import java.util.Map;
import java.util.TreeMap;

/** The last offset that was written to each partition of a topic. Thread-safe. */
public final class LogOffsets {
    private final String topicId;
    private final Map<Integer, Long> lastByPartition = new TreeMap<>();

    /**
     * @param topicId what Kafka and the commit log call the topic by
     */
    public LogOffsets(String topicId) {
        this.topicId = topicId;
    }

    public String topicId() {
        return topicId;
    }

    synchronized void written(int partition, long offset) {
        lastByPartition.merge(partition, offset, Math::max);
    }

    /** By partition; a copy. */
    public synchronized Map<Integer, Long> lastByPartition() {
        return new TreeMap<>(lastByPartition);
    }
}
