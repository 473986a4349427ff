package dev.whence.ingest.kafka;

import dev.whence.ingest.Conditions;
import dev.whence.ingest.Retry;
import dev.whence.ingest.Tenure;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Set<TopicPartition> waiting = new LinkedHashSet<>();
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
            switch (tenure.state()) {
                case LOST -> {
                    readings.remove(reading.partition());
                    await(reading.partition());
                }
                case STOPPED -> consumer.pause(List.of(reading.partition()));
                case ACTIVE, ENDED -> {}
            }
        }
        if (failures == 0 || System.nanoTime() - tryAgainNanos >= 0) {
            beginWaiting();
        }
    }

    /** Goes on until one fails, which then comes last: it keeps nothing else from beginning. */
    private void beginWaiting() {
        for (TopicPartition partition : List.copyOf(waiting)) {
            try {
                begin(partition);
                retry.succeeded(beginOf(partition));
            } catch (IOException e) {
                retry.failed(beginOf(partition), e);
                waiting.remove(partition);
                waiting.add(partition);
                failures++;
                tryAgainNanos = System.nanoTime() + retry.delayMillis(failures) * 1_000_000;
                return;
            }
        }
        failures = 0;
    }

    private static String beginOf(TopicPartition partition) {
        return "begin of " + partition;
    }

    private void begin(TopicPartition partition) throws IOException {
        Optional<Tenure> opened = opening.open(partition);
        if (opened.isEmpty()) {
            return;
        }
        Tenure tenure = opened.get();
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

    /** Ends a tenure, also a stopped one, and begins another at the end of the commit log. */
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
        conditions.clear(beginOf(partition));
        lags.forget(partition);
        PartitionReading reading = readings.remove(partition);
        if (reading != null) {
            conditions.clear(reading.tenure().toString());
            reading.tenure().leave(Tenure.State.ENDED, why);
            reading.drop();
        }
    }
}
