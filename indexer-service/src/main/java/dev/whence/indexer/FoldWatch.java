package dev.whence.indexer;

import dev.whence.index.FoldProgress;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Follows one fold: remembers how far it is, says so now and then, and ends it when asked to. */
final class FoldWatch implements FoldProgress {
    private static final System.Logger LOG = System.getLogger(FoldWatch.class.getName());
    private static final long SAY_NANOS = Duration.ofSeconds(30).toNanos();

    private final String what;
    private final BooleanSupplier stopped;
    private long saidAt = System.nanoTime();
    private volatile double share;

    FoldWatch(String what, BooleanSupplier stopped) {
        this.what = what;
        this.stopped = stopped;
    }

    /** How much was gone through, 0 to 1. */
    double share() {
        return share;
    }

    @Override
    public void at(long done, long of) {
        requireGoingOn();
        share = of == 0 ? 1 : (double) done / of;
        long now = System.nanoTime();
        if (now - saidAt > SAY_NANOS) {
            saidAt = now;
            LOG.log(Level.INFO, "{0}: {1} of {2} gone through", what, done, of);
        }
    }

    /**
     * Says whether it may go on.
     *
     * @throws StoppedException if not
     */
    void requireGoingOn() {
        if (stopped.getAsBoolean()) {
            throw new StoppedException();
        }
    }
}
