package dev.whence.benchmarks;

import java.lang.management.ManagementFactory;

/**
 * Seconds of a piece of work on one thread: by the clock, and of the processor, which say more
 * where others have a part of it.
 */
record Spent(double seconds, double processorSeconds) {

    /** Now, to be taken from a later now. */
    static Spent now() {
        return new Spent(
                System.nanoTime() / 1e9,
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9);
    }

    Spent since(Spent start) {
        return new Spent(seconds - start.seconds, processorSeconds - start.processorSeconds);
    }
}
