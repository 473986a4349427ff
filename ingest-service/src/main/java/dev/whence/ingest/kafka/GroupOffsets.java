package dev.whence.ingest.kafka;

import dev.whence.catalog.LogRange;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells lag tools, ours and Kafka's, and who listens, how far the commit log is. Nobody reads these
 * offsets back. Of the reading thread alone.
 */
final class GroupOffsets {
    private static final System.Logger LOG = System.getLogger(GroupOffsets.class.getName());

    private final Consumer<byte[], byte[]> consumer;
    private final Assignment assignment;
    private final Lags lags;
    private final CommitNews news;

    GroupOffsets(
            Consumer<byte[], byte[]> consumer, Assignment assignment, Lags lags, CommitNews news) {
        this.consumer = consumer;
        this.assignment = assignment;
        this.lags = lags;
        this.news = news;
    }

    /** Tells who listens what has been committed since. */
    void tellNews() {
        assignment.readings().forEach(this::tellNews);
    }

    private void tellNews(PartitionReading reading) {
        for (LogRange entry = reading.tenure().takeConfirmed();
                entry != null;
                entry = reading.tenure().takeConfirmed()) {
            news.committed(reading.partition(), entry);
        }
    }

    /** Tells what has changed. All records that were polled are in flushes by now. */
    void tell() {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        for (PartitionReading reading : assignment.readings()) {
            tellNews(reading);
            if (reading.tenure().isActive()) {
                long offset = reading.tenure().committed();
                if (reading.isNews(offset)) {
                    committed.put(reading.partition(), new OffsetAndMetadata(offset));
                }
                // The consumer's own position would block while a broker's answer is awaited.
                OptionalLong unread = consumer.currentLag(reading.partition());
                if (unread.isPresent()) {
                    lags.set(reading.partition(), unread.getAsLong() + reading.position() - offset);
                }
            }
        }
        if (!committed.isEmpty()) {
            consumer.commitAsync(
                    committed,
                    (_, e) -> {
                        if (e != null) {
                            LOG.log(
                                    System.Logger.Level.DEBUG,
                                    "Kafka did not take offsets for lag tools",
                                    e);
                        }
                    });
        }
    }
}
