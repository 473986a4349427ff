package dev.whence.index;

/**
 * The shape of a 3-wise binary fuse filter, and where a hash's three fingerprints are in it: in
 * three neighbouring segments of the same length, a power of two. Graf and Lemire, Binary Fuse
 * Filters: Fast and Smaller Than Xor Filters, ACM JEA 27 (2022); constants as in their own code.
 *
 * @param segmentBits a segment has {@code 2^segmentBits} fingerprints
 * @param segments that a first fingerprint can be in; two more follow
 */
record FuseShape(int segmentBits, int segments) {

    static final int MAX_SEGMENT_BITS = 18;

    /** Shifts the bits that choose the place in the second segment away from the third's. */
    private static final int SECOND_SHIFT = 18;

    static FuseShape of(int keys) {
        double log = Math.log(Math.max(2, keys));
        int segmentBits =
                Math.clamp((int) Math.floor(log / Math.log(3.33) + 2.25), 0, MAX_SEGMENT_BITS);
        double factor = Math.max(1.125, 0.875 + 0.25 * Math.log(1e6) / log);
        long slots = Math.round(keys * factor);
        long segments = ((slots + (1L << segmentBits) - 1) >> segmentBits) - 2;
        return new FuseShape(segmentBits, (int) Math.max(1, segments));
    }

    /** Bytes of fingerprints. */
    long slots() {
        return (segments + 2L) << segmentBits;
    }

    static long mixed(long hash, long seed) {
        return Mixing.of(hash + seed);
    }

    long first(long mixed) {
        return Math.unsignedMultiplyHigh(mixed, (long) segments << segmentBits);
    }

    long second(long mixed, long first) {
        return (first + (1L << segmentBits)) ^ (mixed >>> SECOND_SHIFT & placeMask());
    }

    long third(long mixed, long first) {
        return (first + (2L << segmentBits)) ^ (mixed & placeMask());
    }

    private long placeMask() {
        return (1L << segmentBits) - 1;
    }

    static byte fingerprint(long mixed) {
        return (byte) (mixed ^ mixed >>> Integer.SIZE);
    }
}
