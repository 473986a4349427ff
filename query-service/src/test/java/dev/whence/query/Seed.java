package dev.whence.query;

import java.util.Random;

/** The seed of a random test: fresh, or given by {@code -Dseed=}; printed, so that it can be. */
public final class Seed {
    private Seed() {}

    public static Random random(String test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test + ": -Dseed=" + seed);
        return new Random(seed);
    }
}
