package dev.whence.ingest.kafka;

import dev.whence.ingest.AbandonedException;
import dev.whence.ingest.BatchRecord;
import dev.whence.ingest.Conditions;
import dev.whence.ingest.Flush;
import dev.whence.ingest.FlushLimits;
import dev.whence.ingest.FlushThread;
import dev.whence.ingest.IngestCounters;
import dev.whence.ingest.Intake;
import dev.whence.ingest.LandingFiles;
import dev.whence.ingest.NoRoomException;
import dev.whence.ingest.Retry;
import dev.whence.ingest.Tenure;
import dev.whence.lake.ChunkPool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The reading thread: polls, takes records into the open flush of their partition, and seals a
 * flush when it is full or old. Nobody else touches the consumer.
 */
final class ReadingThread implements Runnable {
    private static final System.Logger LOG = System.getLogger(ReadingThread.class.getName());
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final long WATCH_NANOS = Duration.ofSeconds(5).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Topics topics;
    private final Assignment assignment;
    private final Intake intake;
    private final FlushThread writer;
    private final LandingFiles landing;
    private final ChunkPool pool;
    private final FlushLimits limits;
    private final Duration stopTimeout;
    private final Retry retry;
    private final Conditions conditions;
    private final Lags lags;
    private final ReadingPatience patience;
    private long watchedNanos = System.nanoTime() - WATCH_NANOS;
    private volatile boolean stopping;

    ReadingThread(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Topics topics,
            Assignment assignment,
            Intake intake,
            FlushThread writer,
            LandingFiles landing,
            ChunkPool pool,
            FlushLimits limits,
            Duration stopTimeout,
            Retry retry,
            Conditions conditions,
            Lags lags,
            IngestCounters counters) {
        this.consumer = consumer;
        this.topic = topic;
        this.topics = topics;
        this.assignment = assignment;
        this.intake = intake;
        this.writer = writer;
        this.landing = landing;
        this.pool = pool;
        this.limits = limits;
        this.stopTimeout = stopTimeout;
        this.retry = retry;
        this.conditions = conditions;
        this.lags = lags;
        this.patience =
                new ReadingPatience(
                        assignment, writer, landing, counters, this::pollPaused, () -> stopping);
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(List.of(topic), assignment);
            while (!stopping) {
                assignment.tend();
                takeAll(poll(POLL));
                sealDue();
                tellKafka();
                watch();
            }
            commitWhatIsQuick();
        } catch (RuntimeException | Error e) {
            conditions.raise("reading thread", "ended: " + e);
            LOG.log(System.Logger.Level.ERROR, "the reading thread ends; restart the service", e);
            throw e;
        } finally {
            assignment.endAll("the service stops");
        }
    }

    private ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
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
    private void pollPaused() {
        consumer.pause(consumer.assignment());
        poll(Duration.ZERO)
                .partitions()
                .forEach(passed -> assignment.beginAgain(passed, "records came while paused"));
        assignment.resume();
    }

    /** A part of a poll, bound to the tenure under which it came: a later one reads it again. */
    private record Polled(PartitionReading reading, List<ConsumerRecord<byte[], byte[]>> records) {}

    private void takeAll(ConsumerRecords<byte[], byte[]> records) {
        var polled = new ArrayList<Polled>();
        for (TopicPartition partition : records.partitions()) {
            PartitionReading reading = assignment.reading(partition);
            if (reading != null) {
                polled.add(new Polled(reading, records.records(partition)));
            }
        }
        for (Polled part : polled) {
            try {
                for (ConsumerRecord<byte[], byte[]> record : part.records()) {
                    if (!stopping) {
                        take(part.reading(), record);
                    }
                }
            } catch (AbandonedException e) {
                part.reading().drop();
            }
        }
    }

    private void take(PartitionReading reading, ConsumerRecord<byte[], byte[]> record)
            throws AbandonedException {
        Tenure tenure = reading.tenure();
        tenure.requireActive();
        var batch = new BatchRecord(record.offset(), record.key(), record.value());
        Flush flush = openFlush(reading);
        try {
            intake.take(flush, batch, patience);
        } catch (NoRoomException e) {
            seal(reading);
            flush = openFlush(reading);
            takeAlone(flush, batch);
        }
        if (flush.isFull(limits)) {
            patience.awaitFlush(tenure);
            seal(reading);
        }
    }

    private void takeAlone(Flush flush, BatchRecord batch) throws AbandonedException {
        try {
            intake.take(flush, batch, patience);
        } catch (NoRoomException e) {
            throw new IllegalStateException("a flush without records can be spilled", e);
        }
    }

    private Flush openFlush(PartitionReading reading) {
        Flush flush = reading.open();
        if (flush == null) {
            flush =
                    new Flush(
                            reading.tenure(),
                            reading.next(),
                            pool,
                            landing.freshFile(".ndjson"),
                            System.nanoTime());
            reading.open(flush);
        }
        return flush;
    }

    private void seal(PartitionReading reading) {
        Flush flush = reading.seal();
        if (flush != null) {
            writer.submit(flush);
        }
    }

    /** Seals what is old enough; one flush of a partition at a time, the next grows meanwhile. */
    private void sealDue() {
        long now = System.nanoTime();
        for (PartitionReading reading : assignment.readings()) {
            Flush flush = reading.open();
            if (flush != null
                    && flush.isDue(limits, now)
                    && reading.tenure().isActive()
                    && reading.tenure().flushesUnderWay() == 0) {
                seal(reading);
            }
        }
    }

    /** For lag tools only: nobody reads these offsets back. */
    private void tellKafka() {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        for (PartitionReading reading : assignment.readings()) {
            if (reading.tenure().isActive()) {
                long offset = reading.tenure().committed();
                if (reading.tellKafka()) {
                    committed.put(reading.partition(), new OffsetAndMetadata(offset));
                }
                OptionalLong unread = consumer.currentLag(reading.partition());
                if (unread.isPresent()) {
                    long position = consumer.position(reading.partition());
                    lags.set(reading.partition(), unread.getAsLong() + position - offset);
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

    /** Sees a broker that is gone, and a topic that was made again, when nothing comes. */
    private void watch() {
        if (System.nanoTime() - watchedNanos < WATCH_NANOS) {
            return;
        }
        watchedNanos = System.nanoTime();
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

    /**
     * Commits what is buffered if that is quick; what is not is read again by the next consumer.
     */
    private void commitWhatIsQuick() {
        assignment.readings().stream()
                .filter(reading -> reading.tenure().isActive())
                .filter(reading -> reading.open() != null && reading.open().hasRecords())
                .forEach(this::seal);
        long end = System.nanoTime() + stopTimeout.toNanos();
        while (writer.isBusy() && System.nanoTime() - end < 0) {
            pollPaused();
            pause(POLL);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
