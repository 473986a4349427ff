package dev.whence.index;

/**
 * Where a hash is in a shard of the perfect hash: its bucket, and by the bucket's pilot its slot.
 * The first buckets are much larger than the last, so that the hard ones are placed while most
 * slots are free. After Pibiri and Trani, PTHash (SIGIR 2021), and Groot Koerkamp, PtrHash (SEA
 * 2025), whose cubic bucket function this is.
 *
 * @param slots of the shard, a few more than it has keys
 * @param buckets with a pilot of one byte each
 */
record HashShape(int slots, int buckets, long seed) {

    static final int PILOTS = 256;

    private static final double KEYS_A_BUCKET = 3.5;
    private static final double FULL = 0.99;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    /** Each attempt has another seed and, lest small shards never fit, a little more room. */
    static HashShape of(int keys, int attempt) {
        int slots = (int) Math.ceil(keys / FULL) + attempt * (1 + keys / 200);
        int buckets = (int) Math.ceil(keys / KEYS_A_BUCKET) + attempt;
        return new HashShape(Math.max(1, slots), Math.max(1, buckets), Mixing.of(attempt));
    }

    long mixed(long hash) {
        return Mixing.of(hash + seed);
    }

    int bucket(long mixed) {
        long x = mixed >>> Integer.SIZE;
        long square = (x * x) >>> Integer.SIZE;
        long cube = (square * x) >>> Integer.SIZE;
        long skewed = (square + cube) >>> 1;
        long bounded = skewed - (skewed >>> Byte.SIZE) + (x >>> Byte.SIZE);
        return (int) ((bounded * buckets) >>> Integer.SIZE);
    }

    int slot(long mixed, int pilot) {
        long moved = (mixed ^ pilot * ODD) * ODD;
        return (int) Math.unsignedMultiplyHigh(moved, slots);
    }

    /** Bits of the mixed hash that neither bucket nor slot show. */
    static int fingerprint(long mixed) {
        return (int) mixed & 0xFF;
    }
}
