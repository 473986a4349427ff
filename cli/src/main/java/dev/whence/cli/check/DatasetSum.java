package dev.whence.cli.check;

/**
 * All counts of a dataset in three numbers, so that two sides are compared without holding either.
 * The sketch weighs each URL with a hash of its domain's ordinal: as it is linear, parts of a count
 * may come in any order and from any number of files, and sums that differ in any domain are equal
 * with a probability of about 2^-64.
 */
final class DatasetSum {
    private long urls;
    private long domains;
    private long sketch;

    void add(int ordinal, long count) {
        urls += count;
        domains++;
        sketch += hash(ordinal) * count;
    }

    long urls() {
        return urls;
    }

    /** How often something was added: the number of domains, where each came once. */
    long domains() {
        return domains;
    }

    boolean sameCounts(DatasetSum other) {
        return urls == other.urls && sketch == other.sketch;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long hash(int ordinal) {
        long mixed = (ordinal + 1L) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
