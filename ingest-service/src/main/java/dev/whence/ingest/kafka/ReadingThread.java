package dev.whence.ingest.kafka;

import dev.whence.ingest.AbandonedException;
import dev.whence.ingest.BatchRecord;
import dev.whence.ingest.Conditions;
import dev.whence.ingest.Flush;
import dev.whence.ingest.FlushThread;
import dev.whence.ingest.Intake;
import dev.whence.ingest.NoRoomException;
import dev.whence.ingest.Tenure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * The reading thread: polls, takes records into the open flush of their partition, and seals a
 * flush when it is full or old. Nobody else touches the consumer.
 */
final class ReadingThread implements Runnable {
    private static final System.Logger LOG = System.getLogger(ReadingThread.class.getName());
    private static final Duration POLL = Duration.ofMillis(50);

    private final String topic;
    private final Polling polling;
    private final Assignment assignment;
    private final OpenFlushes flushes;
    private final Intake intake;
    private final ReadingPatience patience;
    private final GroupOffsets offsets;
    private final CommitNews news;
    private final TopicWatch watch;
    private final FlushThread writer;
    private final Duration stopTimeout;
    private final Conditions conditions;
    private final AtomicBoolean stopping;

    /**
     * @param stopping set by whoever wants it to end
     */
    ReadingThread(
            String topic,
            Polling polling,
            Assignment assignment,
            OpenFlushes flushes,
            Intake intake,
            ReadingPatience patience,
            GroupOffsets offsets,
            CommitNews news,
            TopicWatch watch,
            FlushThread writer,
            Duration stopTimeout,
            Conditions conditions,
            AtomicBoolean stopping) {
        this.topic = topic;
        this.polling = polling;
        this.assignment = assignment;
        this.flushes = flushes;
        this.intake = intake;
        this.patience = patience;
        this.offsets = offsets;
        this.news = news;
        this.watch = watch;
        this.writer = writer;
        this.stopTimeout = stopTimeout;
        this.conditions = conditions;
        this.stopping = stopping;
    }

    @Override
    public void run() {
        try {
            polling.subscribe(topic);
            while (!stopping.get()) {
                assignment.tend();
                takeAll(polling.poll(POLL));
                intake.tend();
                flushes.sealDue(null);
                offsets.tell();
                watch.look();
            }
            commitWhatIsQuick();
        } catch (RuntimeException | Error e) {
            conditions.raise("reading thread", "ended: " + e);
            LOG.log(System.Logger.Level.ERROR, "the reading thread ends; restart the service", e);
            throw e;
        } finally {
            offsets.tellNews();
            assignment.endAll("the service stops");
        }
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
                    if (!stopping.get()) {
                        take(part.reading(), record);
                    }
                }
            } catch (AbandonedException e) {
                drop(part.reading(), e);
            }
        }
    }

    private void take(PartitionReading reading, ConsumerRecord<byte[], byte[]> record)
            throws AbandonedException {
        Tenure tenure = reading.tenure();
        tenure.requireActive();
        var batch = new BatchRecord(record.offset(), record.key(), record.value());
        news.received(reading.partition(), record);
        Flush flush = flushes.of(reading);
        try {
            intake.take(flush, batch, patience);
        } catch (NoRoomException e) {
            flushes.seal(reading);
            flush = flushes.of(reading);
            takeAlone(flush, batch);
        }
        if (flushes.isFull(flush)) {
            patience.awaitFlush(tenure);
            flushes.seal(reading);
        }
    }

    private void takeAlone(Flush flush, BatchRecord batch) throws AbandonedException {
        try {
            intake.take(flush, batch, patience);
        } catch (NoRoomException e) {
            throw new IllegalStateException("a flush without records can be spilled", e);
        }
    }

    /** What was dropped has to be read again, whatever the reason: nothing may go on behind it. */
    private void drop(PartitionReading reading, AbandonedException why) {
        reading.drop();
        if (reading.tenure().isActive() && !stopping.get()) {
            assignment.beginAgain(reading.partition(), String.valueOf(why.getMessage()));
        }
    }

    /**
     * Commits what is buffered if that is quick; what is not is read again by the next consumer.
     */
    private void commitWhatIsQuick() {
        flushes.sealAll();
        long end = System.nanoTime() + stopTimeout.toNanos();
        while (writer.isBusy() && System.nanoTime() - end < 0) {
            polling.pollPaused();
            Polling.pause(POLL);
        }
    }
}
