package dev.whence.indexer;

import dev.whence.index.LakeFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compacted files between the thread that makes them and the one that publishes. What a version
 * takes in, and what no version can take in any more, is forgotten; its files are then the
 * version's, or orphans. Thread-safe.
 */
final class ReadyCompactions {
    private List<Compacted> ready = List.of();
    private CompactionTotals totals = CompactionTotals.NONE;

    synchronized boolean isEmpty() {
        return ready.isEmpty();
    }

    synchronized CompactionTotals totals() {
        return totals;
    }

    /** Bytes of files that wait for a version to take them in. */
    synchronized long bytes() {
        return ready.stream().mapToLong(Compacted::bytes).sum();
    }

    synchronized void add(List<Compacted> more) {
        var all = new ArrayList<>(ready);
        all.addAll(more);
        ready = List.copyOf(all);
    }

    /** Those that the version after a base can take in; the others are dropped. */
    synchronized List<Compacted> thatFit(Base base) {
        keepOnly(ready.stream().filter(compacted -> fits(compacted, base)).toList());
        return ready;
    }

    /** A version that was published has taken them in. */
    synchronized void taken(List<Compacted> taken) {
        ready = without(taken);
        totals = totals.plusTaken(taken.size());
    }

    /** An attempt to take them in failed: they may be at fault, and must not fail the next. */
    synchronized void drop(List<Compacted> dropped) {
        keepOnly(without(dropped));
    }

    private void keepOnly(List<Compacted> kept) {
        totals = totals.plusDropped(ready.size() - kept.size());
        ready = kept;
    }

    private List<Compacted> without(List<Compacted> some) {
        return ready.stream().filter(compacted -> !some.contains(compacted)).toList();
    }

    private static boolean fits(Compacted compacted, Base base) {
        if (!compacted.mayBeTakenBy(base.number() + 1)) {
            return false;
        }
        Set<LakeFile> live = new HashSet<>(base.snapshot().files(compacted.datasetId()));
        return live.containsAll(compacted.removed());
    }
}
