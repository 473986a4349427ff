package dev.whence.query;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Until when an answer has to be made. Immutable. */
public final class Deadline {
    private final long startNanos = System.nanoTime();
    private final Duration most;

    private Deadline(Duration most) {
        this.most = most;
    }

    /** From now on so long. */
    public static Deadline in(Duration most) {
        return new Deadline(most);
    }

    /** Goes on if there is time left. */
    public void check() throws QueryException {
        if (leftNanos() <= 0) {
            throw new QueryException.TookTooLong(most);
        }
    }

    /** Waits for others as long as there is time left. */
    public void await(CountDownLatch others) throws QueryException {
        try {
            if (!others.await(leftNanos(), TimeUnit.NANOSECONDS)) {
                throw new QueryException.TookTooLong(most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException.TookTooLong(most);
        }
    }

    private long leftNanos() {
        return most.toNanos() - (System.nanoTime() - startNanos);
    }
}
