package dev.whence.access;

import java.util.Random;

/** Random numbers that can be had again: each test says its seed, and takes one with -Dseed=. */
final class Seed {
    private Seed() {}

    static Random random(String test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test + ": -Dseed=" + seed);
        return new Random(seed);
    }
}
