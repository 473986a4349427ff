package dev.whence.indexer;

import java.util.Arrays;

/**
 * A sum for each of some ordinals: a hash table with open addressing in two arrays, 12 bytes a
 * place. Not thread-safe.
 */
final class OrdinalSums {
    private static final int FREE = -1;

    private int[] ordinals;
    private long[] sums;
    private int size;

    OrdinalSums() {
        this(64);
    }

    private OrdinalSums(int places) {
        ordinals = new int[places];
        sums = new long[places];
        Arrays.fill(ordinals, FREE);
    }

    /** What is said of each ordinal. */
    interface Visitor {
        void visit(int ordinal, long sum);
    }

    void add(int ordinal, long more) {
        if (size * 2 >= ordinals.length) {
            grow();
        }
        int place = place(ordinal);
        if (ordinals[place] == FREE) {
            ordinals[place] = ordinal;
            size++;
        }
        sums[place] += more;
    }

    /** Visits every ordinal that something was added to, in no order. */
    void forEach(Visitor visitor) {
        for (int place = 0; place < ordinals.length; place++) {
            if (ordinals[place] != FREE) {
                visitor.visit(ordinals[place], sums[place]);
            }
        }
    }

    private int place(int ordinal) {
        int mask = ordinals.length - 1;
        // Fibonacci hashing: neighbours are spread out.
        int place = (int) ((ordinal * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (ordinals[place] != FREE && ordinals[place] != ordinal) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        var larger = new OrdinalSums(ordinals.length * 2);
        forEach(larger::add);
        ordinals = larger.ordinals;
        sums = larger.sums;
    }
}
