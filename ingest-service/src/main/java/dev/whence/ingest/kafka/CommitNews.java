package dev.whence.ingest.kafka;

import dev.whence.catalog.LogRange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Tells one listener what came and what of it is committed, for logs and traces. Thread-safe. */
public final class CommitNews {

    /** Is told by the reading thread alone, so it must not take long. */
    public interface Listener {

        /** A record is taken up. It may come again, if what was made of it is dropped. */
        void received(TopicPartition partition, ConsumerRecord<byte[], byte[]> record);

        /** An entry of the commit log stands: the records of these offsets are in the lake. */
        void committed(TopicPartition partition, LogRange entry);
    }

    private static final Listener NOBODY =
            new Listener() {
                @Override
                public void received(
                        TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {}

                @Override
                public void committed(TopicPartition partition, LogRange entry) {}
            };

    private volatile Listener listener = NOBODY;

    /** Tells this one from now on. */
    public void tell(Listener another) {
        listener = another;
    }

    void received(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
        listener.received(partition, record);
    }

    void committed(TopicPartition partition, LogRange entry) {
        listener.committed(partition, entry);
    }
}
