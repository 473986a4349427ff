package dev.whence.ingest;

import dev.whence.access.AccessChain;
import dev.whence.access.AccessRules;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What is taken down by the newest access rules. A chain that cannot be read leaves the last rules
 * in force for a while; then nothing is taken in any more, because it might be taken down. Of the
 * reading thread alone.
 */
public final class FollowedTakedowns {
    /** How often the chain is looked at while records come. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private static final String WHAT = "access rules";

    private final AccessChain chain;
    private final Retry retry;
    private final long maxAgeNanos;
    private final LongSupplier nanoTime;
    private TakenDown takenDown = TakenDown.NOTHING;
    private long number;
    private boolean looked;
    private boolean failed;
    private long lookedNanos;
    private long triedNanos;

    /**
     * @param maxAge how long ago the chain may have been read last
     * @param nanoTime as {@link System#nanoTime}
     */
    public FollowedTakedowns(
            AccessChain chain, Retry retry, Duration maxAge, LongSupplier nanoTime) {
        this.chain = chain;
        this.retry = retry;
        this.maxAgeNanos = maxAge.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * What is taken down now.
     *
     * @param sleep waits while the chain cannot be read and the last rules are too old
     */
    TakenDown now(Retry.Sleep sleep) throws AbandonedException {
        long now = nanoTime.getAsLong();
        boolean fresh = looked && now - lookedNanos <= maxAgeNanos;
        if (!fresh) {
            triedNanos = now;
            return retry.until(WHAT, this::look, sleep);
        }
        if (isDue(now)) {
            tryToLook(now);
        }
        return takenDown;
    }

    /** Looks again after a look that failed, since the next record may be long in coming. */
    void tend() {
        long now = nanoTime.getAsLong();
        if (failed && isDue(now)) {
            tryToLook(now);
        }
    }

    private boolean isDue(long now) {
        return now - triedNanos >= LOOK_EVERY.toNanos();
    }

    private void tryToLook(long now) {
        triedNanos = now;
        try {
            look();
            retry.succeeded(WHAT);
        } catch (IOException e) {
            failed = true;
            retry.failed(WHAT, e);
        }
    }

    private TakenDown look() throws IOException {
        Optional<AccessRules> newer = chain.newerThan(number);
        if (newer.isPresent()) {
            takenDown = TakenDown.by(newer.get().state().takedowns());
            number = newer.get().number();
        }
        looked = true;
        failed = false;
        lookedNanos = nanoTime.getAsLong();
        return takenDown;
    }
}
