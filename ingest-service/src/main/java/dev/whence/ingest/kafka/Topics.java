package dev.whence.ingest.kafka;

import dev.whence.ingest.Tenure;
import dev.whence.ingest.TopicCheck;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the broker says of topics now. Thread-safe. */
final class Topics implements TopicCheck, AutoCloseable {
    /** A topic as it is now; one that is made again under its name has another id. */
    record Topic(String id, int partitions) {}

    /** The offsets that the broker still has, {@code [start, end)}. */
    record Offsets(long start, long end) {}

    private final Admin admin;

    Topics(KafkaSettings settings) {
        this.admin = Admin.create(settings.admin());
    }

    Topic describe(String name) throws IOException {
        Map<String, TopicDescription> described =
                get("topic " + name, admin.describeTopics(List.of(name)).allTopicNames());
        TopicDescription topic = described.get(name);
        if (topic == null) {
            throw new IOException("the broker says nothing of topic " + name);
        }
        return new Topic(topic.topicId().toString(), topic.partitions().size());
    }

    Offsets offsets(TopicPartition partition) throws IOException {
        return new Offsets(
                offset(partition, OffsetSpec.earliest()), offset(partition, OffsetSpec.latest()));
    }

    @Override
    public boolean isStill(Tenure tenure) throws IOException {
        try {
            return describe(tenure.topic()).id().equals(tenure.partition().topicId());
        } catch (IOException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private long offset(TopicPartition partition, OffsetSpec spec) throws IOException {
        KafkaFuture<ListOffsetsResultInfo> listed =
                admin.listOffsets(Map.of(partition, spec)).partitionResult(partition);
        return get("the offsets of " + partition, listed).offset();
    }

    private static <T> T get(String what, KafkaFuture<T> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException(
                    "the broker did not tell " + what + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking for " + what);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(5));
    }
}
