package dev.whence.ingest.kafka;

import dev.whence.ingest.Flush;
import dev.whence.ingest.Tenure;
import java.io.IOException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A partition that is being read, with the flush that is filled. Of the reading thread alone. */
final class PartitionReading {
    private static final System.Logger LOG = System.getLogger(PartitionReading.class.getName());

    private final TopicPartition partition;
    private final Tenure tenure;
    private @Nullable Flush open;
    private long next;
    private long toldToKafka;

    PartitionReading(TopicPartition partition, Tenure tenure) {
        this.partition = partition;
        this.tenure = tenure;
        this.next = tenure.committed();
        this.toldToKafka = -1;
    }

    TopicPartition partition() {
        return partition;
    }

    Tenure tenure() {
        return tenure;
    }

    /** Where the next flush begins. */
    long next() {
        return next;
    }

    /** Behind the last record that was taken. */
    long position() {
        return open == null ? next : open.next();
    }

    @Nullable Flush open() {
        return open;
    }

    void open(Flush flush) {
        open = flush;
    }

    /** The open flush is handed on; the next one begins behind it. */
    void seal() {
        next = position();
        open = null;
    }

    void drop() {
        Flush dropped = open;
        open = null;
        if (dropped != null) {
            try {
                dropped.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "a local file stays behind", e);
            }
        }
    }

    /** Whether Kafka has not been told of this commit yet; from now on it has. */
    boolean isNews(long committed) {
        boolean isNew = committed != toldToKafka;
        toldToKafka = committed;
        return isNew;
    }
}
