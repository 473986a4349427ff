package dev.whence.indexer;

import dev.whence.access.AccessChain;
import dev.whence.access.Takedown;
import dev.whence.catalog.TakedownProgress;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The newest access rules that are known, and what of their takedowns is still to be done.
 * Thread-safe.
 */
final class FollowedRules {
    private final AccessChain chain;
    private volatile State known = new State(RulesInForce.NONE, List.of());
    private Gone gone = new Gone(0, Set.of());

    /** The ids of takedowns of which everything is gone, and of which rules they are. */
    private record Gone(long rules, Set<String> ids) {}

    /**
     * What is known.
     *
     * @param due takedowns of which something may be left
     */
    record State(RulesInForce rules, List<Takedown> due) {}

    FollowedRules(AccessChain chain) {
        this.chain = chain;
    }

    /**
     * Looks for the newest rules, and compares them with what a base says is gone.
     *
     * @throws IndexingStoppedException if the store has none as new as those that a version was
     *     made under
     */
    synchronized State follow(Base base) throws IOException {
        RulesInForce newest =
                chain.newerThan(known.rules().number()).map(RulesInForce::of).orElse(known.rules());
        TakedownProgress progress = base.takedowns();
        if (newest.number() < progress.rules()) {
            throw new IndexingStoppedException(
                    "version %d was made under access rules %d, and the store has none after %d: restore access/"
                            .formatted(base.number(), progress.rules(), newest.number()));
        }
        if (gone.rules() != progress.purgedRules()) {
            gone = new Gone(progress.purgedRules(), ids(progress.purgedRules()));
        }
        known = new State(newest, newest.without(gone.ids()));
        return known;
    }

    /** What was found last. */
    State known() {
        return known;
    }

    private Set<String> ids(long rules) throws IOException {
        if (rules == 0) {
            return Set.of();
        }
        return chain
                .read(rules)
                .orElseThrow(() ->
                        new IndexingStoppedException(
                                "there are no access rules %d any more: restore access/"
                                        .formatted(rules)))
                .state()
                .takedowns()
                .stream()
                .map(Takedown::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
