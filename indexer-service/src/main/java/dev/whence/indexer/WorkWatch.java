package dev.whence.indexer;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Follows one piece of long work beside the publishing: remembers how far it is, says so in the log
 * now and then, and ends it when asked to. Told by one or several threads.
 */
final class WorkWatch {
    private static final System.Logger LOG = System.getLogger(WorkWatch.class.getName());
    private static final long SAY_NANOS = Duration.ofSeconds(30).toNanos();

    private final String what;
    private final BooleanSupplier stopped;
    private volatile long saidAt = System.nanoTime();
    private volatile double share;

    WorkWatch(String what, BooleanSupplier stopped) {
        this.what = what;
        this.stopped = stopped;
    }

    /** How much of its present step is done, 0 to 1. */
    double share() {
        return share;
    }

    /**
     * Something was done.
     *
     * @throws StoppedException if no more is to be done
     */
    void at(Enum<?> step, long done, long of) {
        at(step.name().toLowerCase(Locale.ROOT).replace('_', ' '), done, of);
    }

    /** The same, with a step that has another name. */
    void at(String step, long done, long of) {
        requireGoingOn();
        share = of == 0 ? 1 : (double) done / of;
        long now = System.nanoTime();
        if (now - saidAt > SAY_NANOS) {
            saidAt = now;
            LOG.log(Level.INFO, "{0}: {1}, {2} of {3}", what, step, done, of);
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
