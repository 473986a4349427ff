package dev.whence.query.access;

import dev.whence.access.AccessChain;
import dev.whence.access.AccessRules;
import dev.whence.query.QueryException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest rules at hand. One thread looks; the rules may be asked for by any.
 *
 * <p>It fails closed: before the rules were read once, and again when the last look that succeeded
 * is too long ago, there are none to be had, since what must be hidden may have been said
 * meanwhile.
 */
public final class RulesFollower {

    /**
     * Where it stands.
     *
     * @param rules the number of the rules in force; 0 for none, -1 before the first look
     * @param lookedAt when the end of the chain was last seen; null for not yet
     * @param problem what keeps it, in words for an operator; null if nothing does
     */
    public record State(long rules, @Nullable Instant lookedAt, @Nullable String problem) {}

    /** How a look ended. */
    public sealed interface Step {

        /** Nothing new. */
        record Unchanged() implements Step {}

        /** Other rules are in force now. */
        record Changed(long number) implements Step {}

        /** The chain could not be read, or holds what cannot be understood. */
        record Failed(Exception cause) implements Step {}
    }

    private record Held(RuleBook rules, Instant lookedAt) {}

    private final AccessChain chain;
    private final Duration maxAge;
    private final boolean openToAll;
    private final Clock clock;
    private volatile @Nullable Held held;
    private volatile @Nullable String problem;

    /**
     * Knows nothing yet.
     *
     * @param maxAge how long ago the last look may be
     * @param openToAll whether a chain that does not say what callers without a key may see lets
     *     them see what is not restricted
     */
    public RulesFollower(AccessChain chain, Duration maxAge, boolean openToAll, Clock clock) {
        this.chain = chain;
        this.maxAge = maxAge;
        this.openToAll = openToAll;
        this.clock = clock;
        this.problem = "no rules have been looked for yet";
    }

    /**
     * Looks for newer rules. Nothing in the chain, however broken, does more than leave the rules
     * before in force: only an {@link Error} is thrown.
     */
    public Step poll() {
        Held before = held;
        Instant now = clock.instant();
        try {
            Optional<AccessRules> newer =
                    chain.newerThan(before == null ? 0 : before.rules().number());
            problem = null;
            if (newer.isEmpty() && before != null) {
                held = new Held(before.rules(), now);
                return new Step.Unchanged();
            }
            RuleBook rules = newer.map(RuleBook::of).orElse(RuleBook.NONE);
            held = new Held(rules, now);
            return new Step.Changed(rules.number());
        } catch (IOException | RuntimeException e) {
            problem = "cannot read the access rules: " + e.getMessage();
            return new Step.Failed(e);
        }
    }

    /**
     * The rules in force.
     *
     * @throws QueryException.RulesUnknown if there are none to be trusted
     */
    public RuleBook current() throws QueryException {
        Held now = trusted();
        if (now == null) {
            throw new QueryException.RulesUnknown();
        }
        return now.rules();
    }

    /** Whether there are rules in force. */
    public boolean areKnown() {
        return trusted() != null;
    }

    /** Whether a caller of a moment ago may still be told what the rules let him see then. */
    public boolean stillAllows(Caller caller) {
        Held now = trusted();
        return now != null && now.rules().hidesNoMoreFrom(caller);
    }

    /**
     * Whether everybody who reaches the service would be told of what is not restricted, and nobody
     * has said that this is meant, neither in the rules nor to the service.
     */
    public boolean isOpenByMistake() {
        Held now = held;
        return now != null && isOpenByMistake(now);
    }

    /**
     * How long ago the end of the chain was last seen; as long as may be, before the first time.
     */
    public Duration age() {
        Held now = held;
        return now == null ? maxAge : age(now);
    }

    public State state() {
        Held now = held;
        return now == null
                ? new State(-1, null, problem)
                : new State(now.rules().number(), now.lookedAt(), problem);
    }

    private @Nullable Held trusted() {
        Held now = held;
        return now == null || isTooOld(now) || isOpenByMistake(now) ? null : now;
    }

    private boolean isOpenByMistake(Held now) {
        return !openToAll && !now.rules().saysWhatNamelessSee();
    }

    private boolean isTooOld(Held now) {
        return age(now).compareTo(maxAge) >= 0;
    }

    /** A clock that was set back must not keep old rules for ever. */
    private Duration age(Held now) {
        return Duration.between(now.lookedAt(), clock.instant()).abs();
    }
}
