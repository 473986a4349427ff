package dev.whence.merge.plan;

import java.util.Arrays;

/** Matches of one row group in the making. Not thread-safe. */
final class MatchBuffer {
    private int[] pairs = new int[256];
    private int count;

    void add(int row, int sourceRow) {
        if (2 * count == pairs.length) {
            pairs = Arrays.copyOf(pairs, Math.multiplyExact(pairs.length, 2));
        }
        pairs[2 * count] = row;
        pairs[2 * count + 1] = sourceRow;
        count++;
    }

    int count() {
        return count;
    }

    int row(int i) {
        return pairs[2 * i];
    }

    int sourceRow(int i) {
        return pairs[2 * i + 1];
    }
}
