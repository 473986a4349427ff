package dev.whence.query;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Turns at something that many may not do at once, because of the memory or the reads that it
 * takes. Thread-safe.
 */
public final class Turns {
    private final Semaphore free;
    private final Duration patience;

    /** A turn, held until it is closed. */
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * All are free.
     *
     * @param most how many there are
     * @param patience how long one waits for his turn
     */
    public Turns(int most, Duration patience) {
        this.free = new Semaphore(most);
        this.patience = patience;
    }

    /**
     * Waits for a turn.
     *
     * @throws QueryException.Busy if none gets free in time
     */
    public Turn take() throws QueryException {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new QueryException.Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException.Busy();
        }
        return free::release;
    }
}
