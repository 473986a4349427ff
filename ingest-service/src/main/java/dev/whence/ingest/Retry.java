package dev.whence.ingest;

import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * Tries again, with a delay that doubles up to ten seconds and varies by chance, until it works or
 * the work is not ours any more. What fails is a condition of the service meanwhile. Thread-safe if
 * the generator is.
 */
public final class Retry {
    private static final System.Logger LOG = System.getLogger(Retry.class.getName());
    private static final long FIRST_DELAY_MILLIS = 100;
    private static final long LONGEST_DELAY_MILLIS = 10_000;

    /** What is tried. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws IOException;
    }

    /** How a thread waits. */
    @FunctionalInterface
    public interface Sleep {
        void millis(long millis) throws AbandonedException;
    }

    private final Conditions conditions;
    private final RandomGenerator random;

    public Retry(Conditions conditions, RandomGenerator random) {
        this.conditions = conditions;
        this.random = random;
    }

    /**
     * Calls until no {@link IOException} comes.
     *
     * @param what names the work in the log and among the conditions
     */
    public <T> T until(String what, Call<T> call, Sleep sleep) throws AbandonedException {
        for (int attempt = 1; ; attempt++) {
            try {
                T result = call.run();
                succeeded(what);
                return result;
            } catch (IOException e) {
                pause(what, e, attempt, sleep);
            }
        }
    }

    /** Notes that an attempt failed, and waits for the time of the next. */
    public void pause(String what, Exception e, int attempt, Sleep sleep)
            throws AbandonedException {
        failed(what, e);
        try {
            sleep.millis(delayMillis(attempt));
        } catch (AbandonedException abandoned) {
            // Nobody tries again, so nobody would ever find that it works.
            conditions.clear(what);
            throw abandoned;
        }
    }

    /** Notes a success outside of {@link #until}. */
    public void succeeded(String what) {
        if (conditions.clear(what)) {
            LOG.log(System.Logger.Level.INFO, "{0}: works again", what);
        }
    }

    /** Notes that nobody tries any more. */
    public void givenUp(String what) {
        conditions.clear(what);
    }

    /** Notes a failure outside of {@link #until}. */
    public void failed(String what, Exception e) {
        if (conditions.raise(what, String.valueOf(e.getMessage()))) {
            LOG.log(System.Logger.Level.WARNING, what + ": tried again until it works", e);
        }
    }

    /** How long to wait after that many attempts. */
    public long delayMillis(int attempts) {
        long delay =
                Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(attempts - 1, 10));
        return delay / 2 + random.nextLong(delay / 2 + 1);
    }
}
