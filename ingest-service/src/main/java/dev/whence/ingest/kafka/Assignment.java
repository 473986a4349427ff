package dev.whence.ingest.kafka;

import dev.whence.ingest.Conditions;
import dev.whence.ingest.Retry;
import dev.whence.ingest.Tenure;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that the group gave us: those that wait for their tenure to begin, and those that
 * are read. Of the reading thread alone, {@link #hasJoined} aside: Kafka calls the listener's
 * methods inside of a poll.
 */
final class Assignment implements ConsumerRebalanceListener {
    private static final System.Logger LOG = System.getLogger(Assignment.class.getName());

    private final Consumer<byte[], byte[]> consumer;
    private final TenureOpening opening;
    private final Retry retry;
    private final Conditions conditions;
    private final Lags lags;
    private final Set<TopicPartition> waiting = new HashSet<>();
    private final Map<TopicPartition, PartitionReading> readings = new LinkedHashMap<>();
    private int failures;
    private long tryAgainNanos;
    private volatile boolean joined;

    Assignment(
            Consumer<byte[], byte[]> consumer,
            TenureOpening opening,
            Retry retry,
            Conditions conditions,
            Lags lags) {
        this.consumer = consumer;
        this.opening = opening;
        this.retry = retry;
        this.conditions = conditions;
        this.lags = lags;
    }

    /** Whether the group has ever given us our share, be it nothing. */
    boolean hasJoined() {
        return joined;
    }

    @Nullable PartitionReading reading(TopicPartition partition) {
        return readings.get(partition);
    }

    List<PartitionReading> readings() {
        return List.copyOf(readings.values());
    }

    /** Lets the consumer fetch exactly those partitions that are read. */
    void resume() {
        consumer.resume(
                readings.values().stream()
                        .filter(reading -> reading.tenure().isActive())
                        .map(PartitionReading::partition)
                        .toList());
    }

    /** Begins the tenures that can begin now, and lets go of those that are over. */
    void tend() {
        for (PartitionReading reading : readings()) {
            Tenure tenure = reading.tenure();
            if (!tenure.isActive()) {
                reading.drop();
            }
            if (tenure.state() == Tenure.State.LOST) {
                readings.remove(reading.partition());
                await(reading.partition());
            }
        }
        if (waiting.isEmpty() || (failures > 0 && System.nanoTime() - tryAgainNanos < 0)) {
            return;
        }
        try {
            for (TopicPartition partition : List.copyOf(waiting)) {
                begin(partition);
            }
            failures = 0;
            retry.succeeded("begin of a partition");
        } catch (IOException e) {
            retry.failed("begin of a partition", e);
            failures++;
            tryAgainNanos = System.nanoTime() + retry.delayMillis(failures) * 1_000_000;
        }
    }

    private void begin(TopicPartition partition) throws IOException {
        Tenure tenure = opening.open(partition);
        waiting.remove(partition);
        readings.put(partition, new PartitionReading(partition, tenure));
        if (tenure.isActive()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} is read from offset {1} on",
                    tenure,
                    Long.toString(tenure.committed()));
            consumer.seek(partition, tenure.committed());
            consumer.resume(List.of(partition));
        } else {
            conditions.raise(tenure.toString(), "stopped: " + tenure.reason());
            LOG.log(System.Logger.Level.ERROR, "{0} is stopped: {1}", tenure, tenure.reason());
        }
    }

    /** Ends a tenure and begins another at the end of the commit log. */
    void beginAgain(TopicPartition partition, String why) {
        PartitionReading reading = readings.get(partition);
        if (reading != null) {
            reading.tenure().leave(Tenure.State.LOST, why);
        }
    }

    void endAll(String why) {
        readings().forEach(reading -> end(reading.partition(), why));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        joined = true;
        partitions.forEach(this::await);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> end(partition, "the partition went to another consumer"));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> end(partition, "the group took the partition away"));
    }

    /**
     * Until its tenure begins a partition is paused. It gets some position, so that the consumer
     * does not look for one that the group committed, and fail if there is none.
     */
    private void await(TopicPartition partition) {
        consumer.pause(List.of(partition));
        consumer.seek(partition, 0);
        waiting.add(partition);
    }

    private void end(TopicPartition partition, String why) {
        waiting.remove(partition);
        lags.forget(partition);
        PartitionReading reading = readings.remove(partition);
        if (reading != null) {
            conditions.clear(reading.tenure().toString());
            reading.tenure().leave(Tenure.State.ENDED, why);
            reading.drop();
        }
    }
}
