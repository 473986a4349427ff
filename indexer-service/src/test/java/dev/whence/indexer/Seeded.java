package dev.whence.indexer;

import java.util.Random;

/** Randomness that can be repeated with {@code -Dseed=}. */
final class Seeded {
    private Seeded() {}

    static Random random(String test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test + ": -Dseed=" + seed);
        return new Random(seed);
    }
}
