package dev.whence.access;

import dev.whence.catalog.Commit;
import dev.whence.store.UnknownOutcomeException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/** Changes the rules: each change is the next object of the chain. Thread-safe. */
public final class AccessEditor {
    /** So many others may be first; more do not happen to people. */
    private static final int MOST_RACES = 100;

    private static final int SECRET_BYTES = 32;

    private final AccessChain chain;
    private final Clock clock;
    private final SecureRandom random;

    public AccessEditor(AccessChain chain, Clock clock, SecureRandom random) {
        this.chain = chain;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes a change to the newest rules. Where somebody else is first, it is made to theirs.
     *
     * @param by who makes it
     * @param reason why; may be empty
     * @param lost is told of the rules that were first, each time
     * @return the rules with the change
     * @throws RefusedChangeException if it does not fit the newest rules
     * @throws UnknownOutcomeException if it may have been made, or may be later
     */
    public AccessRules make(
            AccessChange change, String by, String reason, Consumer<AccessRules> lost)
            throws IOException, RefusedChangeException {
        Optional<AccessRules> newest = chain.newest();
        for (int race = 0; race < MOST_RACES; race++) {
            switch (commit(newest, change, by, reason)) {
                case Commit.Done<AccessRules>(AccessRules ours) -> {
                    return ours;
                }
                case Commit.Lost<AccessRules>(AccessRules winner) -> {
                    lost.accept(winner);
                    newest = Optional.of(winner);
                }
            }
        }
        throw new RefusedChangeException(
                "Others changed the rules %d times meanwhile; try again.".formatted(MOST_RACES));
    }

    private Commit<AccessRules> commit(
            Optional<AccessRules> newest, AccessChange change, String by, String reason)
            throws IOException, RefusedChangeException {
        AccessState before = newest.map(AccessRules::state).orElse(AccessState.OPEN);
        try {
            return chain.commit(
                    new AccessRules(
                            AccessRules.FORMAT,
                            newest.map(AccessRules::number).orElse(0L) + 1,
                            clock.instant().truncatedTo(ChronoUnit.MILLIS),
                            by,
                            reason,
                            change.text(),
                            newest.map(AccessRules::cursorSecret).orElseGet(this::secret),
                            change.applyTo(before)));
        } catch (IllegalArgumentException outOfBounds) {
            throw new RefusedChangeException(
                    "Not changed: %s.".formatted(outOfBounds.getMessage()));
        }
    }

    private String secret() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}
