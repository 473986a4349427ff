package dev.whence.query.access;

import dev.whence.access.ApiKey;
import dev.whence.access.Principal;
import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import dev.whence.query.version.DatasetNames;
import dev.whence.query.view.Sight;
import dev.whence.query.view.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * Whoever asks one question, by the rules as they were when he did: what he may see, of whichever
 * version. Immutable and thread-safe.
 */
public final class Caller implements Sight {
    private final RuleBook rules;
    private final @Nullable Principal holder;
    private final @Nullable ApiKey key;

    Caller(RuleBook rules, @Nullable Principal holder, @Nullable ApiKey key) {
        this.rules = rules;
        this.holder = holder;
        this.key = key;
    }

    @Override
    public Visibility of(DatasetNames names) {
        return rules.number() == 0 ? Visibility.EVERYTHING : new RuledVisibility(this, names);
    }

    @Override
    public CursorSeal seal() {
        return rules.sealFor(principal());
    }

    /**
     * Goes on for operators, and for everybody where there are no rules.
     *
     * @throws QueryException.Unauthenticated for whoever showed no key
     * @throws QueryException.Forbidden for all others
     */
    public void requireOperator() throws QueryException {
        if (rules.number() == 0 || isOperator()) {
            return;
        }
        if (holder == null) {
            throw QueryException.Unauthenticated.keyNeeded();
        }
        throw new QueryException.Forbidden();
    }

    boolean isOperator() {
        return holder != null && holder.operator();
    }

    /** The principal's name; empty for whoever showed no key. */
    String principal() {
        return holder == null ? "" : holder.name();
    }

    @Nullable ApiKey key() {
        return key;
    }

    RuleBook rules() {
        return rules;
    }
}
