package dev.whence.catalog;

import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The commit log of ingest: for each partition a chain of entries {@code
 * ingest/log/{topicId}/{partition}/{slot}.json}, where an entry's slot is the {@code nextOffset} of
 * the one before, beginning with 0. Readers follow the chains and list nothing; which chains there
 * are says the chain {@code ingest/topics/{n}.json}. Thread-safe.
 */
public final class CommitLog {
    private final ObjectStore store;
    private final NumberedChain<LogTopic> topics;
    private final List<LogTopic> knownTopics = new ArrayList<>();

    public CommitLog(ObjectStore store) {
        this.store = store;
        this.topics = new NumberedChain<>(store, "ingest/topics/", LogTopic.class);
    }

    /** Makes a topic's partitions known to readers; nothing happens if they are. */
    public synchronized void register(String topicId, String name, int partitions)
            throws IOException {
        followTopics();
        while (knownTopics.stream()
                .noneMatch(t -> t.topicId().equals(topicId) && t.partitions() >= partitions)) {
            LogTopic proposed = new LogTopic(CatalogJson.FORMAT, topicId, name, partitions);
            knownTopics.add(
                    switch (topics.commit(knownTopics.size(), proposed)) {
                        case Commit.Done<LogTopic>(LogTopic ours) -> ours;
                        case Commit.Lost<LogTopic>(LogTopic winner) -> winner;
                    });
        }
    }

    /** All partitions that were ever registered, by topic in the order of registration. */
    public synchronized List<LogPartition> partitions() throws IOException {
        followTopics();
        var partitionsOf = new TreeMap<String, Integer>();
        var order = new ArrayList<String>();
        for (LogTopic topic : knownTopics) {
            if (partitionsOf.merge(topic.topicId(), topic.partitions(), Math::max) != null
                    && !order.contains(topic.topicId())) {
                order.add(topic.topicId());
            }
        }
        var all = new ArrayList<LogPartition>();
        for (String topicId : order) {
            for (int partition = 0;
                    partition < partitionsOf.getOrDefault(topicId, 0);
                    partition++) {
                all.add(new LogPartition(topicId, partition));
            }
        }
        return all;
    }

    /** The entry of a slot, if it has been put. */
    public Optional<LogEntry> read(LogPartition partition, long slot) throws IOException {
        var entry = chain(partition).read(slot);
        if (entry.isPresent()) {
            LogEntry found = entry.get();
            if (!found.logPartition().equals(partition)
                    || found.slot() != slot
                    || found.nextOffset() <= slot) {
                throw new CorruptCatalogException(
                        chain(partition).key(slot),
                        "holds the entry of %s, slot %d, up to %d"
                                .formatted(found.logPartition(), found.slot(), found.nextOffset()),
                        null);
            }
        }
        return entry;
    }

    /** Follows the chain from a slot to its end: the slot that the next entry will have. */
    public long end(LogPartition partition, long from) throws IOException {
        long slot = from;
        for (var entry = read(partition, slot); entry.isPresent(); entry = read(partition, slot)) {
            slot = entry.get().nextOffset();
        }
        return slot;
    }

    /** Commits an entry in its slot. */
    public Commit<LogEntry> append(LogEntry entry) throws IOException {
        return chain(entry.logPartition()).commit(entry.slot(), entry);
    }

    private NumberedChain<LogEntry> chain(LogPartition partition) {
        return new NumberedChain<>(
                store,
                "ingest/log/" + partition.topicId() + "/" + partition.partition() + "/",
                LogEntry.class);
    }

    private void followTopics() throws IOException {
        for (var next = topics.read(knownTopics.size());
                next.isPresent();
                next = topics.read(knownTopics.size())) {
            knownTopics.add(next.get());
        }
    }
}
