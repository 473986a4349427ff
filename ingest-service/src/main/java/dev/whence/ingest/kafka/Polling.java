package dev.whence.ingest.kafka;

import dev.whence.ingest.Retry;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;

/** Polls that nothing the broker does can end. Of the reading thread alone. */
final class Polling {
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Assignment assignment;
    private final Retry retry;

    Polling(Consumer<byte[], byte[]> consumer, Assignment assignment, Retry retry) {
        this.consumer = consumer;
        this.assignment = assignment;
        this.retry = retry;
    }

    void subscribe(String topic) {
        consumer.subscribe(List.of(topic), assignment);
    }

    ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        try {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(timeout);
            retry.succeeded("Kafka consumer");
            return polled;
        } catch (InvalidOffsetException e) {
            // Deleted or lost while it was read: the new tenure finds out which, and stops.
            e.partitions()
                    .forEach(lost -> assignment.beginAgain(lost, "the broker has no such offset"));
            assignment.tend();
        } catch (KafkaException e) {
            retry.failed("Kafka consumer", e);
            pause(AFTER_FAILURE);
        }
        return ConsumerRecords.empty();
    }

    /** Polls for the group's sake alone. Records that came nevertheless would be passed over. */
    void pollPaused() {
        consumer.pause(consumer.assignment());
        poll(Duration.ZERO)
                .partitions()
                .forEach(passed -> assignment.beginAgain(passed, "records came while paused"));
        assignment.resume();
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
