package dev.whence.faults;

import java.util.function.IntToLongFunction;

/**
 * The states of a dataset, counted in batches, of which an answer can be. Counts only grow, so that
 * these stand next to each other.
 *
 * @param first none if it is behind the last
 */
record Span(int first, int last) {
    static final Span ALL = new Span(0, Integer.MAX_VALUE);

    /** The states in which so many are held. */
    static Span of(int states, IntToLongFunction held, long count) {
        return new Span(countBelow(states, held, count), countBelow(states, held, count + 1) - 1);
    }

    boolean isEmpty() {
        return last < first;
    }

    /** The states of both. */
    Span and(Span other) {
        return new Span(Math.max(first, other.first), Math.min(last, other.last));
    }

    /** In how many states fewer are held, by halving. */
    private static int countBelow(int states, IntToLongFunction held, long count) {
        int low = 0;
        int high = states;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (held.applyAsLong(middle) < count) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public String toString() {
        return first == last
                ? Integer.toString(first)
                : last == Integer.MAX_VALUE
                        ? "%d or more".formatted(first)
                        : "%d to %d".formatted(first, last);
    }
}
