package dev.whence.access;

import dev.whence.catalog.Commit;
import dev.whence.catalog.CorruptCatalogException;
import dev.whence.catalog.NumberedChain;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/**
 * The rules, as the chain {@code access/{n}.json} beginning with 1. Thread-safe.
 *
 * <p>Each object is a whole state, so a reader needs the newest one alone. It is found by asking
 * whether numbers are there, each time twice as far ahead, and then between the last two answers:
 * some twenty questions for a thousand changes, and no object that would have to be overwritten to
 * say which is the newest.
 */
public final class AccessChain {
    /** Largest object, in bytes. */
    public static final int MAX_BYTES = 64 << 20;

    private final NumberedChain<AccessRules> chain;

    public AccessChain(ObjectStore store) {
        this.chain = new NumberedChain<>(store, "access/", AccessRules.class, MAX_BYTES);
    }

    /** The rules of that number. */
    public Optional<AccessRules> read(long number) throws IOException {
        Optional<AccessRules> rules = chain.read(number);
        if (rules.isPresent()) {
            requireNumber(number, rules.get());
        }
        return rules;
    }

    /** The newest rules; empty as long as there are none, and everybody sees everything. */
    public Optional<AccessRules> newest() throws IOException {
        return newerThan(0);
    }

    /**
     * The newest rules if there are newer ones than those that are known.
     *
     * @param known the number of rules that there are, 0 for none
     */
    public Optional<AccessRules> newerThan(long known) throws IOException {
        long there = known;
        long step = 1;
        while (chain.has(there + step)) {
            there += step;
            step *= 2;
        }
        if (there == known) {
            return Optional.empty();
        }
        long absent = there + step;
        while (absent - there > 1) {
            long middle = (there + absent) >>> 1;
            if (chain.has(middle)) {
                there = middle;
            } else {
                absent = middle;
            }
        }
        return read(there);
    }

    /**
     * Puts rules under their number if there are none. This put is the change.
     *
     * @throws IllegalArgumentException if they are larger than {@link #MAX_BYTES}
     */
    Commit<AccessRules> commit(AccessRules rules) throws IOException {
        Commit<AccessRules> commit = chain.commit(rules.number(), rules);
        if (commit instanceof Commit.Lost<AccessRules>(AccessRules winner)) {
            requireNumber(rules.number(), winner);
        }
        return commit;
    }

    private void requireNumber(long number, AccessRules found) throws CorruptCatalogException {
        if (found.number() != number) {
            throw new CorruptCatalogException(
                    chain.key(number), "holds rules " + found.number(), null);
        }
    }
}
