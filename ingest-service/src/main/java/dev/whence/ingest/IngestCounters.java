package dev.whence.ingest;

import dev.whence.url.Rejection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the service has done since it started, for whoever publishes metrics. Thread-safe. */
public final class IngestCounters {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder takenDown = new LongAdder();
    private final Map<Rejection, LongAdder> rejected = new ConcurrentHashMap<>();
    private final LongAdder batches = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private final LongAdder flushes = new LongAdder();
    private final LongAdder flushRows = new LongAdder();
    private final LongAdder flushBytes = new LongAdder();
    private final LongAdder flushFiles = new LongAdder();
    private final LongAdder flushNanos = new LongAdder();
    private final LongAdder spills = new LongAdder();
    private final LongAdder lostSlots = new LongAdder();
    private volatile boolean paused;

    void batch(Tally tally) {
        batches.increment();
        accepted.add(tally.accepted());
        takenDown.add(tally.takenDown());
        tally.rejected()
                .forEach((rejection, count) ->
                        rejected.computeIfAbsent(rejection, _ -> new LongAdder()).add(count));
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void flush(int files, long rows, long bytes, long nanos) {
        flushes.increment();
        flushFiles.add(files);
        flushRows.add(rows);
        flushBytes.add(bytes);
        flushNanos.add(nanos);
    }

    public void spill() {
        spills.increment();
    }

    void lostSlot() {
        lostSlots.increment();
    }

    /** Whether reading waits for memory. */
    public void paused(boolean now) {
        paused = now;
    }

    public boolean isPaused() {
        return paused;
    }

    /** URLs taken. */
    public long accepted() {
        return accepted.sum();
    }

    /** URLs not taken, for that reason. */
    public long rejected(Rejection rejection) {
        LongAdder count = rejected.get(rejection);
        return count == null ? 0 : count.sum();
    }

    /** URLs not taken, because they are taken down. */
    public long takenDown() {
        return takenDown.sum();
    }

    /** URLs read. */
    public long read() {
        return accepted()
                + takenDown()
                + rejected.values().stream().mapToLong(LongAdder::sum).sum();
    }

    public long batches() {
        return batches.sum();
    }

    public long deadLetters() {
        return deadLetters.sum();
    }

    public long flushes() {
        return flushes.sum();
    }

    public long flushFiles() {
        return flushFiles.sum();
    }

    public long flushRows() {
        return flushRows.sum();
    }

    public long flushBytes() {
        return flushBytes.sum();
    }

    /** Time from the begin of writing to the commit, of all flushes. */
    public long flushNanos() {
        return flushNanos.sum();
    }

    public long spills() {
        return spills.sum();
    }

    /** Commits that found their slot taken. */
    public long lostSlots() {
        return lostSlots.sum();
    }
}
