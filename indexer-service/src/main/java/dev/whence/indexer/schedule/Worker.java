package dev.whence.indexer.schedule;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A thread that does one thing again and again until it is stopped, and remembers whether the last
 * time went well. An attempt that fails is logged and made again later; one that ends in an {@link
 * Error}, such as memory running out, is the last: the thread is lost, and a process that lost one
 * is not alive. It is never interrupted in an attempt: closing a file under a thread that writes it
 * would look like a failing disk.
 */
final class Worker {
    private static final System.Logger LOG = System.getLogger(Worker.class.getName());
    private final String what;
    private final Rhythm rhythm;
    private final Attempt attempt;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stop = lock.newCondition();
    private boolean stopped;
    private volatile long attemptStartedNanos;
    private volatile boolean attempting;
    private volatile boolean attempted;
    private volatile boolean lost;
    private long failingSinceNanos;
    private volatile Duration failingTime = Duration.ZERO;
    private volatile @Nullable String failure;

    /** One attempt; true if the next one should follow at once. */
    interface Attempt {
        boolean run() throws IOException;
    }

    Worker(String what, Rhythm rhythm, Attempt attempt) {
        this.what = what;
        this.rhythm = rhythm;
        this.attempt = attempt;
        this.thread = Thread.ofPlatform().name("indexer-" + what).daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /** What it does. */
    String what() {
        return what;
    }

    /** Whether the thread ended by an error. */
    boolean isLost() {
        return lost;
    }

    /** Whether an attempt has come to its end, well or not. */
    boolean hasAttempted() {
        return attempted;
    }

    /** How long the attempt takes that is under way; nothing between two. */
    Duration attemptTime() {
        long started = attemptStartedNanos;
        return attempting ? Duration.ofNanos(System.nanoTime() - started) : Duration.ZERO;
    }

    /** Why the last attempt failed; null if it did not. */
    @Nullable String failure() {
        return failure;
    }

    /**
     * From the first to the last of the attempts that have failed in a row; nothing if the last
     * went well, or after one alone: neither waiting nor an attempt under way is a failure.
     */
    Duration failingTime() {
        return failingTime;
    }

    /** Begins no attempt any more. */
    void stopSoon() {
        lock.lock();
        try {
            stopped = true;
            stop.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets the running attempt end, until a moment ({@link System#nanoTime}); what it leaves undone
     * is done after a restart.
     */
    void awaitEnd(long deadline) {
        stopSoon();
        try {
            if (!thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                LOG.log(Level.WARNING, "{0} is left unfinished", what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        Duration wait = Duration.ZERO;
        while (goOnAfter(wait)) {
            attemptStartedNanos = System.nanoTime();
            attempting = true;
            try {
                wait = attempt.run() ? Duration.ZERO : rhythm.afterSuccess();
                failure = null;
                failingTime = Duration.ZERO;
            } catch (IOException | RuntimeException e) {
                failed(said(e));
                wait = rhythm.afterFailure();
                LOG.log(Level.ERROR, what + " failed, again in " + wait.toMillis() + " ms", e);
            } catch (Error e) {
                failed(said(e));
                lost = true;
                LOG.log(Level.ERROR, what + " is given up: the process must be started again", e);
                return;
            } finally {
                attempting = false;
                attempted = true;
            }
        }
    }

    private void failed(String how) {
        long now = System.nanoTime();
        if (failure == null) {
            failingSinceNanos = now;
        }
        failingTime = Duration.ofNanos(now - failingSinceNanos);
        failure = how;
    }

    private static String said(Throwable e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private boolean goOnAfter(Duration wait) {
        lock.lock();
        try {
            long nanos = wait.toNanos();
            while (!stopped && nanos > 0) {
                nanos = stop.awaitNanos(nanos);
            }
            return !stopped;
        } catch (InterruptedException e) {
            failed("interrupted");
            lost = true;
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
