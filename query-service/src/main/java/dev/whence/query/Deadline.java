package dev.whence.query;

import java.time.Duration;

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
        if (System.nanoTime() - startNanos >= most.toNanos()) {
            throw new QueryException.TookTooLong(most);
        }
    }
}
