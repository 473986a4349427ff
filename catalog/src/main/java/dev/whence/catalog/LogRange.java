package dev.whence.catalog;

/** Entries of a partition of the commit log: those of the slots from one up to another. */
public record LogRange(String topicId, int partition, long fromSlot, long toSlot) {

    public LogPartition logPartition() {
        return new LogPartition(topicId, partition);
    }
}
