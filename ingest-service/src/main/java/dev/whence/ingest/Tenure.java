package dev.whence.ingest;

import dev.whence.catalog.LogPartition;
import dev.whence.catalog.LogRange;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A partition in our hands, from one offset of its commit log on, until it is taken away or lost.
 * What comes after is another tenure, so that nothing of an old one can end up in a new one.
 * Thread-safe: the reading thread ends it, the writing thread commits for it.
 */
public final class Tenure {
    /** How things stand. */
    public enum State {
        ACTIVE,
        /** Taken away, or the service stops. */
        ENDED,
        /** The slot or the topic was another's: follow the chain again. */
        LOST,
        /** Nothing can be done without a person. */
        STOPPED
    }

    private final String topic;
    private final LogPartition partition;
    private final AtomicInteger flushesUnderWay = new AtomicInteger();
    private final Queue<LogRange> confirmed = new ConcurrentLinkedQueue<>();
    private volatile State state = State.ACTIVE;
    private volatile String reason = "";
    private volatile long committed;

    public Tenure(String topic, LogPartition partition, long committed) {
        this.topic = topic;
        this.partition = partition;
        this.committed = committed;
    }

    public String topic() {
        return topic;
    }

    public LogPartition partition() {
        return partition;
    }

    /** The offset after the last that is committed to the log. */
    public long committed() {
        return committed;
    }

    public State state() {
        return state;
    }

    public boolean isActive() {
        return state == State.ACTIVE;
    }

    /** Why it is not active any more. */
    public String reason() {
        return reason;
    }

    /** Sealed flushes that are not committed yet. */
    public int flushesUnderWay() {
        return flushesUnderWay.get();
    }

    /** Passes while the tenure is active. */
    public void requireActive() throws AbandonedException {
        if (!isActive()) {
            throw new AbandonedException(this + ": " + reason);
        }
    }

    /** Leaves the active state; the first reason stays. What is stopped can still be lost. */
    public synchronized void leave(State to, String why) {
        if (state == State.ACTIVE || (state == State.STOPPED && to == State.LOST)) {
            reason = why;
            state = to;
        }
    }

    void confirm(long nextOffset) {
        confirmed.add(
                new LogRange(partition.topicId(), partition.partition(), committed, nextOffset));
        committed = nextOffset;
    }

    /** The next entry that was confirmed and not asked for yet; null for none. */
    public @Nullable LogRange takeConfirmed() {
        return confirmed.poll();
    }

    void flushBegins() {
        flushesUnderWay.incrementAndGet();
    }

    void flushEnds() {
        flushesUnderWay.decrementAndGet();
    }

    @Override
    public String toString() {
        return topic + "-" + partition.partition() + " (topic id " + partition.topicId() + ")";
    }
}
