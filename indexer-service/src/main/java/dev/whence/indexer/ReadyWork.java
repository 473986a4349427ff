package dev.whence.indexer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is ready, between the threads that make it and the one that publishes. What a version takes
 * in, and what no version can take in any more, is forgotten; its files are then the version's, or
 * orphans. Thread-safe.
 */
final class ReadyWork<T extends ReadyItem> {
    private List<T> ready = List.of();
    private List<T> suspects = List.of();
    private ReadyTotals totals = ReadyTotals.NONE;

    synchronized boolean isEmpty() {
        return ready.isEmpty();
    }

    synchronized boolean has(Predicate<T> what) {
        return ready.stream().anyMatch(what);
    }

    /** All that waits. */
    synchronized List<T> items() {
        return ready;
    }

    synchronized ReadyTotals totals() {
        return totals;
    }

    /** Bytes of files that wait for a version to take them in. */
    synchronized long bytes() {
        return ready.stream().mapToLong(ReadyItem::bytes).sum();
    }

    synchronized void add(T item) {
        var all = new ArrayList<>(ready);
        all.add(item);
        ready = List.copyOf(all);
    }

    /**
     * Those that the version after a base can take in, none while some are suspected; those that do
     * not fit are dropped.
     */
    synchronized List<T> thatFit(Base base) {
        keepOnly(ready.stream().filter(item -> item.fits(base)).toList());
        return suspects.isEmpty() ? ready : List.of();
    }

    /**
     * An attempt with these failed. The next is made with none; if it fails as well, none was to
     * blame.
     */
    synchronized void suspect(List<T> taken) {
        suspects = taken;
    }

    /** The attempt without the suspects went well. */
    synchronized void dropSuspects() {
        drop(suspects);
        suspects = List.of();
    }

    /** A version that was published has taken them in. */
    synchronized void taken(List<T> taken) {
        ready = without(taken);
        totals = totals.plusTaken(taken.size());
    }

    /** An attempt to take them in failed: they may be at fault, and must not fail the next. */
    synchronized void drop(List<T> dropped) {
        keepOnly(without(dropped));
    }

    private void keepOnly(List<T> kept) {
        totals = totals.plusDropped(ready.size() - kept.size());
        ready = kept;
    }

    private List<T> without(List<T> some) {
        return ready.stream().filter(item -> !some.contains(item)).toList();
    }
}
