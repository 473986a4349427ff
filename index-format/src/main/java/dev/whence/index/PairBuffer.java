package dev.whence.index;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Changes of (domain, dataset) pairs, gathered in any order: two long arrays, 16 bytes a pair.
 * Before it would grow it sorts itself and sums what is equal, so that it is as large as its
 * distinct pairs, not as its additions. Not thread-safe.
 */
final class PairBuffer {

    private static final int SMALL = 24;

    /** Seeded, so that the same publish takes the same time; random, so that no input is bad. */
    private final SplittableRandom pivots = new SplittableRandom(0x5EED);

    private long[] pairs = new long[1024];
    private long[] changes = new long[1024];
    private int size;

    void add(long pair, long change) {
        if (size > 0 && pairs[size - 1] == pair) {
            changes[size - 1] += change;
            return;
        }
        if (size == pairs.length) {
            makeRoom();
        }
        pairs[size] = pair;
        changes[size++] = change;
    }

    /** Sorts and sums; {@link #pair} and {@link #change} then go over distinct pairs in order. */
    int fold() {
        sort(0, size);
        int kept = 0;
        for (int i = 0; i < size; ) {
            long pair = pairs[i];
            long sum = 0;
            for (; i < size && pairs[i] == pair; i++) {
                sum += changes[i];
            }
            if (sum != 0) {
                pairs[kept] = pair;
                changes[kept++] = sum;
            }
        }
        size = kept;
        return size;
    }

    long pair(int index) {
        return pairs[index];
    }

    long change(int index) {
        return changes[index];
    }

    /** Grows by half where folding did not free a quarter. */
    private void makeRoom() {
        fold();
        if (size > pairs.length / 4 * 3) {
            int capacity = Math.toIntExact(Math.min(pairs.length * 3L / 2, Integer.MAX_VALUE - 8));
            if (capacity == size) {
                throw new IllegalStateException(
                        "More than %d pairs in one segment: publish in parts".formatted(size));
            }
            pairs = Arrays.copyOf(pairs, capacity);
            changes = Arrays.copyOf(changes, capacity);
        }
    }

    /** Quicksort with three parts (Bentley and McIlroy, 1993), both arrays together. */
    private void sort(int from, int to) {
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
