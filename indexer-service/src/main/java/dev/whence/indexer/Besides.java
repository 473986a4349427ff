package dev.whence.indexer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is ready of all that is done beside the publishing: decides what the next version takes in,
 * and is told what became of it. For the thread that publishes; the others only add.
 */
final class Besides {
    private final Clock clock;
    private final Duration publishInterval;
    private final Purger purger;
    private final ReadyWork<Compacted> compacted;
    private final ReadyWork<Purged> purged;
    private final ReadyWork<CarriedOut> carriedOut;
    private final Folds folds;
    private Instant broughtNothingNewAt = Instant.MIN;

    /**
     * @param publishInterval a version that brings nothing new comes no sooner after the last such
     */
    Besides(Clock clock, Duration publishInterval, LakeWork work, Folds folds) {
        this.clock = clock;
        this.publishInterval = publishInterval;
        this.purger = work.purger();
        this.compacted = work.compacted();
        this.purged = work.purged();
        this.carriedOut = work.carriedOut();
        this.folds = folds;
    }

    /**
     * What fits, of each dataset one thing: whoever began at the same moment as the other waits for
     * the next version, and may not fit it. A plan that retracts a dataset has no use for what was
     * queued for it.
     */
    Ready readyFor(Plan plan, Base base) {
        if (plan.instruction().isPresent()) {
            return Ready.NONE;
        }
        carriedOut.drop(
                carriedOut.items().stream().filter(item -> !item.obeys(plan.rules())).toList());
        List<CarriedOut> done =
                carriedOut.thatFit(base).stream()
                        .filter(item -> !plan.retracts(item.datasetId()))
                        .toList();
        Set<Integer> taken = new HashSet<>();
        done.forEach(item -> taken.add(item.datasetId()));
        List<Purged> purges =
                purged.thatFit(base).stream()
                        .filter(item -> !taken.contains(item.datasetId()))
                        .toList();
        purges.forEach(item -> taken.add(item.datasetId()));
        List<Compacted> moves =
                compacted.thatFit(base).stream()
                        .filter(item -> !taken.contains(item.datasetId()))
                        .toList();
        // What this version takes in is held against the plan's rules, and against no newer ones.
        Optional<Cleared> cleared =
                purger.clearedFor(base).filter(found -> found.rules() <= plan.rules().number());
        return new Ready(moves, purges, cleared, done, folds.thatFit(base));
    }

    /** Whether there is reason for a version that takes in nothing else. */
    boolean mayPublishOnly(Ready ready) {
        if (ready.isUrgent()) {
            return true;
        }
        return !ready.isEmpty() && isTimeForNothingNew();
    }

    /** A clock that was set back must not keep finished work waiting until it was. */
    private boolean isTimeForNothingNew() {
        Duration since = Duration.between(broughtNothingNewAt, clock.instant());
        return since.isNegative() || since.compareTo(publishInterval) >= 0;
    }

    /** A version has taken it in. */
    void taken(Ready ready, Plan plan) {
        compacted.taken(ready.compacted());
        purged.taken(ready.purged());
        carriedOut.taken(ready.carriedOut());
        folds.taken(ready.folds());
        if (plan.isEmpty() && !ready.isUrgent()) {
            broughtNothingNewAt = clock.instant();
        }
    }

    /** An attempt failed with it: the next is made without. */
    void failed(Ready ready) {
        compacted.drop(ready.compacted());
        purged.drop(ready.purged());
        carriedOut.suspect(ready.carriedOut());
        folds.suspect(ready.folds());
    }

    /** An attempt went well: what an earlier one failed with, and this one not, was to blame. */
    void wentWell() {
        carriedOut.dropSuspects();
        folds.dropSuspects();
    }
}
