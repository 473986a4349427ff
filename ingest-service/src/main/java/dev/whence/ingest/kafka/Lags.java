package dev.whence.ingest.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Records of each partition that are not committed to the log yet. Thread-safe. */
public final class Lags {
    private final Map<TopicPartition, Long> lags = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Boolean> known = new ConcurrentHashMap<>();
    private volatile Consumer<TopicPartition> onFirst = _ -> {};

    /** Calls back for each partition that is seen for the first time. */
    public void onFirst(Consumer<TopicPartition> listener) {
        onFirst = listener;
        known.keySet().forEach(listener);
    }

    /** The lag; not a number for a partition that is not ours now. */
    public double of(TopicPartition partition) {
        Long lag = lags.get(partition);
        return lag == null ? Double.NaN : lag;
    }

    void set(TopicPartition partition, long records) {
        lags.put(partition, records);
        if (known.put(partition, true) == null) {
            onFirst.accept(partition);
        }
    }

    void forget(TopicPartition partition) {
        lags.remove(partition);
    }
}
