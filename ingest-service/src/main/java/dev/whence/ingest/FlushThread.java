package dev.whence.ingest;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The writing thread: carries sealed flushes out one after the other, in the order in which they
 * were sealed, so that an entry is put only after the one before it is confirmed. Memory bounds how
 * many wait.
 */
public final class FlushThread implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FlushThread.class.getName());

    private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

    private final FlushCommit commit;
    private final Conditions conditions;
    private final ArrayDeque<Flush> sealed = new ArrayDeque<>();
    private final Thread thread;
    private @Nullable Flush present;
    private long ended;
    private boolean stopping;

    public FlushThread(FlushCommit commit, Conditions conditions) {
        this.commit = commit;
        this.conditions = conditions;
        this.thread = Thread.ofPlatform().daemon().name("ingest-writer").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Takes a flush over; the caller does not touch it again. */
    public synchronized void submit(Flush flush) {
        flush.tenure().flushBegins();
        sealed.add(flush);
        notifyAll();
    }

    public synchronized boolean isBusy() {
        return present != null || !sealed.isEmpty();
    }

    /** Waits until a flush ends, at most so long; does not wait if there is none. */
    public synchronized void await(Duration timeout) throws InterruptedException {
        long endedBefore = ended;
        long deadline = System.nanoTime() + timeout.toNanos();
        long left = timeout.toMillis();
        while (isBusy() && ended == endedBefore && left > 0) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        for (Flush flush = next(); flush != null; flush = next()) {
            try {
                carryOut(flush);
            } finally {
                end(flush);
            }
        }
    }

    private void carryOut(Flush flush) {
        Tenure tenure = flush.tenure();
        try {
            commit.carryOut(flush);
        } catch (AbandonedException e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "offsets {0} to {1} of {2} are dropped: {3}",
                    Long.toString(flush.slot()),
                    Long.toString(flush.next()),
                    tenure,
                    e.getMessage());
        } catch (RuntimeException e) {
            // Not one of the failures that another try may mend: a person has to look.
            tenure.leave(Tenure.State.STOPPED, "a flush failed: " + e);
            conditions.raise(tenure.toString(), "stopped: a flush failed: " + e);
            LOG.log(System.Logger.Level.ERROR, tenure + " is stopped: a flush failed", e);
        }
    }

    private synchronized @Nullable Flush next() {
        while (sealed.isEmpty() && !stopping) {
            try {
                wait();
            } catch (InterruptedException e) {
                stopping = true;
            }
        }
        present = sealed.poll();
        return present;
    }

    private void end(Flush flush) {
        try {
            flush.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "a local file stays behind", e);
        }
        synchronized (this) {
            flush.tenure().flushEnds();
            present = null;
            ended++;
            notifyAll();
        }
    }

    /**
     * Ends the thread when the flushes that it has are done or dropped: end their tenures first.
     * One that waits for a store that does not answer is left to the end of the process: its put is
     * one of those of which nobody knows what came of them.
     */
    @Override
    public void close() {
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        try {
            if (!thread.join(END_TIMEOUT)) {
                LOG.log(System.Logger.Level.WARNING, "a flush is left unfinished");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
