package dev.whence.index;

import java.util.Random;

/** The randomness of a test: printed, and repeated with {@code -Dseed=}. */
final class Seed {
    private Seed() {}

    static Random random(String test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test + ": -Dseed=" + seed);
        return new Random(seed);
    }
}
