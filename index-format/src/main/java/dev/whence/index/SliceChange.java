package dev.whence.index;

import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/**
 * Which ordinals of one slice a dataset gained, and which it lost, with one segment or with several
 * that follow each other. No ordinal is in both.
 */
record SliceChange(
        int datasetId, int slice, ImmutableRoaringBitmap gained, ImmutableRoaringBitmap lost) {

    /** Ascends by dataset (unsigned), then by slice. */
    long key() {
        return key(datasetId, slice);
    }

    static long key(int datasetId, int slice) {
        return Integer.toUnsignedLong(datasetId) << Integer.SIZE | slice;
    }

    boolean isEmpty() {
        return gained.isEmpty() && lost.isEmpty();
    }

    /** This change, and then a newer one of the same dataset and slice, as one. */
    SliceChange then(SliceChange newer) {
        return new SliceChange(
                datasetId,
                slice,
                either(gained, newer.lost, newer.gained, lost),
                either(lost, newer.gained, newer.lost, gained));
    }

    /** Makes what the dataset held of the slice what it holds after the change. */
    void applyTo(MutableRoaringBitmap held) {
        held.andNot(lost);
        held.or(gained);
    }

    /** {@code (older \ undone) ∪ (newer \ undoes)}. */
    private static MutableRoaringBitmap either(
            ImmutableRoaringBitmap older,
            ImmutableRoaringBitmap undone,
            ImmutableRoaringBitmap newer,
            ImmutableRoaringBitmap undoes) {
        MutableRoaringBitmap union = ImmutableRoaringBitmap.andNot(older, undone);
        union.or(ImmutableRoaringBitmap.andNot(newer, undoes));
        return union;
    }
}
