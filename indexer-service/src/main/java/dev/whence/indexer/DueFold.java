package dev.whence.indexer;

import dev.whence.catalog.StackRef;
import dev.whence.index.TieredStack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says which adjacent blocks of a stack are to be folded next, where some are in the hands of
 * others already. Pure and thread-safe.
 */
final class DueFold {
    private final TieredStack tiers;
    private final TieredStack anything;

    DueFold(int fanOut, int mostLive) {
        this.tiers = new TieredStack(fanOut, mostLive);
        this.anything = new TieredStack(fanOut, 1);
    }

    /**
     * What is due by size among the blocks that are free, the newest first.
     *
     * @param allowed whether just these may be folded now
     */
    <R extends StackRef> Optional<List<R>> due(
            List<R> stack, Predicate<R> free, Predicate<List<R>> allowed) {
        return stretches(stack, free).reversed().stream()
                .flatMap(stretch -> plan(tiers, stretch).stream())
                .filter(allowed)
                .findFirst();
    }

    /** The best of what can be folded at all; none if no two free blocks are adjacent. */
    <R extends StackRef> Optional<List<R>> any(List<R> stack, Predicate<R> free) {
        return stretches(stack, free).stream()
                .max(Comparator.comparingInt(List::size))
                .flatMap(stretch -> plan(anything, stretch));
    }

    private static <R extends StackRef> Optional<List<R>> plan(TieredStack tiers, List<R> stretch) {
        return tiers.plan(stretch.stream().map(ref -> ref.block().bytes()).toList())
                .map(fold -> List.copyOf(stretch.subList(fold.from(), fold.to())));
    }

    /** Free blocks that stand next to each other, as many as there are; oldest first. */
    private static <R extends StackRef> List<List<R>> stretches(List<R> stack, Predicate<R> free) {
        var stretches = new ArrayList<List<R>>();
        var open = new ArrayList<R>();
        for (R ref : stack) {
            if (free.test(ref)) {
                open.add(ref);
            } else {
                stretches.add(List.copyOf(open));
                open.clear();
            }
        }
        stretches.add(List.copyOf(open));
        return stretches;
    }
}
