package dev.whence.benchmarks;

import java.util.SplittableRandom;

/** The limit: reads of memory each of which waits for the one before, over a table of some size. */
final class PointerChase {
    private static final int MOST_ENTRIES = 1 << 28;

    private final int[] next;

    /** One cycle through all places, in random order. */
    PointerChase(long bytes) {
        var random = new SplittableRandom(1);
        next = new int[Math.clamp(bytes / Integer.BYTES, 1 << 10, MOST_ENTRIES)];
        for (int i = 0; i < next.length; i++) {
            next[i] = i;
        }
        for (int i = next.length - 1; i > 0; i--) {
            int other = random.nextInt(i);
            int swapped = next[i];
            next[i] = next[other];
            next[other] = swapped;
        }
    }

    /** Takes so many steps from a place, and says where they end. */
    int run(int place, int steps) {
        int at = place % next.length;
        for (int i = 0; i < steps; i++) {
            at = next[at];
        }
        return at;
    }
}
