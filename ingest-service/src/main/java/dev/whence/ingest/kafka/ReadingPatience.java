package dev.whence.ingest.kafka;

import dev.whence.ingest.AbandonedException;
import dev.whence.ingest.Flush;
import dev.whence.ingest.FlushThread;
import dev.whence.ingest.IngestCounters;
import dev.whence.ingest.LandingFiles;
import dev.whence.ingest.NoRoomException;
import dev.whence.ingest.Patience;
import dev.whence.ingest.Tenure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * How the reading thread waits. Meanwhile it polls with all partitions paused, inside of the outer
 * loop's own poll, so that the group keeps it and rebalances reach it; and what other partitions
 * have buffered is written when it is due, however long the one record takes.
 */
final class ReadingPatience implements Patience {
    private static final Duration STEP = Duration.ofMillis(20);
    private static final long BEAT_NANOS = Duration.ofMillis(500).toNanos();

    private final Polling polling;
    private final OpenFlushes flushes;
    private final FlushThread writer;
    private final LandingFiles landing;
    private final IngestCounters counters;
    private final AtomicBoolean stopping;
    private long lastBeatNanos = System.nanoTime();

    /**
     * @param stopping set when the service stops
     */
    ReadingPatience(
            Polling polling,
            OpenFlushes flushes,
            FlushThread writer,
            LandingFiles landing,
            IngestCounters counters,
            AtomicBoolean stopping) {
        this.polling = polling;
        this.flushes = flushes;
        this.writer = writer;
        this.landing = landing;
        this.counters = counters;
        this.stopping = stopping;
    }

    @Override
    public void beat(Tenure tenure) throws AbandonedException {
        if (stopping.get()) {
            throw new AbandonedException("the service stops");
        }
        long now = System.nanoTime();
        if (now - lastBeatNanos > BEAT_NANOS) {
            lastBeatNanos = now;
            polling.pollPaused();
            flushes.sealDue(tenure);
        }
        tenure.requireActive();
    }

    @Override
    public void sleep(Tenure tenure, long millis) throws AbandonedException {
        long end = System.nanoTime() + millis * 1_000_000;
        do {
            beat(tenure);
            step(() -> Thread.sleep(STEP));
        } while (System.nanoTime() - end < 0);
    }

    /** Waits until the tenure has no flush under way, so that it never has more than one. */
    void awaitFlush(Tenure tenure) throws AbandonedException {
        awaitWriter(tenure, () -> tenure.flushesUnderWay() > 0);
    }

    /**
     * First others give memory back: every open flush is written. Only a record that is alone in
     * memory and still does not fit is spilled.
     */
    @Override
    public void makeRoom(Flush flush) throws AbandonedException, NoRoomException {
        if (flush.hasRecords()) {
            throw new NoRoomException();
        }
        flushes.sealOthers(flush.tenure());
        if (writer.isBusy()) {
            awaitWriter(flush.tenure(), writer::isBusy);
            return;
        }
        counters.spill();
        landing.spill(flush, millis -> sleep(flush.tenure(), millis));
    }

    private void awaitWriter(Tenure tenure, BooleanSupplier busy) throws AbandonedException {
        counters.paused(true);
        try {
            while (busy.getAsBoolean()) {
                beat(tenure);
                step(() -> writer.await(STEP));
            }
        } finally {
            counters.paused(false);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    private static void step(Step step) throws AbandonedException {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbandonedException("interrupted");
        }
    }
}
