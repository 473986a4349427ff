package dev.whence.indexer;

import dev.whence.access.AccessRules;
import dev.whence.access.Takedown;
import dev.whence.access.Takedowns;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is taken down by one state of the access rules. Immutable.
 *
 * @param number of the state; 0 for none
 * @param rows finds the rows that are taken down
 */
record RulesInForce(long number, List<Takedown> takedowns, TakenDownRows rows) {
    static final RulesInForce NONE =
            new RulesInForce(0, List.of(), new TakenDownRows(Takedowns.NONE));

    static RulesInForce of(AccessRules rules) {
        List<Takedown> takedowns = rules.state().takedowns();
        return new RulesInForce(
                rules.number(), takedowns, new TakenDownRows(Takedowns.of(takedowns)));
    }

    /** The takedowns whose ids are none of these. */
    List<Takedown> without(Set<String> ids) {
        return takedowns.stream().filter(takedown -> !ids.contains(takedown.id())).toList();
    }

    /** Finds the rows that are taken down here, and were not by older rules. */
    TakenDownRows since(RulesInForce older) {
        if (number == older.number) {
            return NONE.rows;
        }
        Set<String> known = older.takedowns.stream().map(Takedown::id).collect(Collectors.toSet());
        return new TakenDownRows(Takedowns.of(without(known)));
    }
}
