package dev.whence.index;

/**
 * A dataset's domains are kept, checked, folded and combined in slices of {@value #ORDINALS}
 * ordinals, so that nothing that is held at a time grows with the index: a bitmap of a slice has
 * half a mebibyte at most.
 */
final class Slice {

    static final int BITS = 22;
    static final int ORDINALS = 1 << BITS;

    private Slice() {}

    static int of(int ordinal) {
        return ordinal >>> BITS;
    }

    /** How many slices hold the ordinals below. */
    static int count(int ordinals) {
        return ordinals == 0 ? 0 : of(ordinals - 1) + 1;
    }

    static int first(int slice) {
        return slice << BITS;
    }

    /** One past the last ordinal of a slice. */
    static long end(int slice) {
        return (slice + 1L) << BITS;
    }
}
