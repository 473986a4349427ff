package dev.whence.index;

import java.util.Arrays;

/**
 * Changes of (domain, dataset) pairs, gathered in any order: two long arrays, 16 bytes a pair.
 * Before it would grow it sorts what came since the last time, merges it into what it has and sums
 * what is equal, so that it is as large as its distinct pairs, not as its additions, and what comes
 * in order is never sorted. Not thread-safe.
 */
final class PairBuffer {
    private long[] pairs = new long[1024];
    private long[] changes = new long[1024];
    private int size;

    /** How many of them are distinct and in order, from the first on. */
    private int ordered;

    void add(long pair, long change) {
        if (size > 0 && pairs[size - 1] == pair) {
            changes[size - 1] += change;
            return;
        }
        if (size == pairs.length) {
            makeRoom();
        }
        if (ordered == size && (size == 0 || pairs[size - 1] < pair)) {
            ordered++;
        }
        pairs[size] = pair;
        changes[size++] = change;
    }

    /** Sorts and sums; {@link #pair} and {@link #change} then go over distinct pairs in order. */
    int fold() {
        if (ordered < size) {
            // To merge a longer tail would need more memory than it saves time.
            ordered = ordered < size - ordered ? 0 : ordered;
            new PairSort(pairs, changes).sort(ordered, size);
            if (ordered > 0) {
                mergeTail();
            }
        }
        sumEqual();
        ordered = size;
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

    /**
     * From the back, so that only the tail is copied. Where two are equal the older comes to stand
     * before the newer: they are summed afterwards.
     */
    private void mergeTail() {
        long[] tailPairs = Arrays.copyOfRange(pairs, ordered, size);
        long[] tailChanges = Arrays.copyOfRange(changes, ordered, size);
        int head = ordered - 1;
        int to = size - 1;
        for (int tail = tailPairs.length - 1; tail >= 0; to--) {
            if (head >= 0 && pairs[head] > tailPairs[tail]) {
                pairs[to] = pairs[head];
                changes[to] = changes[head--];
            } else {
                pairs[to] = tailPairs[tail];
                changes[to] = tailChanges[tail--];
            }
        }
    }

    /** Sums what is equal in what is sorted, and leaves out what comes to nothing. */
    private void sumEqual() {
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
    }
}
