package dev.whence.index;

import java.util.SplittableRandom;

/**
 * Sorts (domain, dataset) pairs with their changes, both arrays together: quicksort with three
 * parts (Bentley and McIlroy, 1993). Not thread-safe.
 */
final class PairSort {
    private static final int SMALL = 24;

    /** Seeded, so that the same publish takes the same time; random, so that no input is bad. */
    private final SplittableRandom pivots = new SplittableRandom(0x5EED);

    private final long[] pairs;
    private final long[] changes;

    PairSort(long[] pairs, long[] changes) {
        this.pairs = pairs;
        this.changes = changes;
    }

    void sort(int from, int to) {
        int low = from;
        int high = to;
        while (high - low > SMALL) {
            long pivot = pairs[pivots.nextInt(low, high)];
            int less = low;
            int greater = high;
            for (int i = low; i < greater; ) {
                if (pairs[i] < pivot) {
                    swap(less++, i++);
                } else if (pairs[i] > pivot) {
                    swap(i, --greater);
                } else {
                    i++;
                }
            }
            if (less - low < high - greater) {
                sort(low, less);
                low = greater;
            } else {
                sort(greater, high);
                high = less;
            }
        }
        insertionSort(low, high);
    }

    private void insertionSort(int low, int high) {
        for (int i = low + 1; i < high; i++) {
            long pair = pairs[i];
            long change = changes[i];
            int hole = i;
            for (; hole > low && pairs[hole - 1] > pair; hole--) {
                pairs[hole] = pairs[hole - 1];
                changes[hole] = changes[hole - 1];
            }
            pairs[hole] = pair;
            changes[hole] = change;
        }
    }

    private void swap(int a, int b) {
        long pair = pairs[a];
        pairs[a] = pairs[b];
        pairs[b] = pair;
        long change = changes[a];
        changes[a] = changes[b];
        changes[b] = change;
    }
}
