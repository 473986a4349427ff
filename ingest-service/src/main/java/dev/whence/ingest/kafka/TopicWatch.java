package dev.whence.ingest.kafka;

import dev.whence.ingest.Conditions;
import dev.whence.ingest.Retry;
import dev.whence.ingest.Tenure;
import java.io.IOException;
import java.time.Duration;

/**
 * Sees a broker that is gone, and a topic that was made again, also when nothing comes. Of the
 * reading thread alone.
 */
final class TopicWatch {
    private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final Topics topics;
    private final String topic;
    private final Assignment assignment;
    private final Retry retry;
    private final Conditions conditions;
    private long lookedNanos = System.nanoTime() - EVERY_NANOS;

    TopicWatch(
            Topics topics,
            String topic,
            Assignment assignment,
            Retry retry,
            Conditions conditions) {
        this.topics = topics;
        this.topic = topic;
        this.assignment = assignment;
        this.retry = retry;
        this.conditions = conditions;
    }

    /** Looks, if it is time. */
    void look() {
        if (System.nanoTime() - lookedNanos < EVERY_NANOS) {
            return;
        }
        lookedNanos = System.nanoTime();
        try {
            String id = topics.describe(topic).id();
            retry.succeeded("broker");
            for (PartitionReading reading : assignment.readings()) {
                Tenure tenure = reading.tenure();
                if (!tenure.partition().topicId().equals(id)) {
                    conditions.clear(tenure.toString());
                    assignment.beginAgain(reading.partition(), "the topic was made again");
                }
            }
        } catch (IOException e) {
            retry.failed("broker", e);
        }
    }
}
