package dev.whence.index;

import java.util.Arrays;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/**
 * How many ordinals each two of some sets share, summed over ranges of ordinals. A range is laid
 * out as plain bits, 64 words of one set beside 64 words of the next, so that two sets meet in the
 * cache and a processor counts eight words at a time. For n sets it holds {@code 8 n (n + 1024)}
 * bytes: 16 MB for a thousand. Not thread-safe.
 */
final class OverlapCounts {

    /** Of a range. */
    static final int ORDINALS = 1 << 16;

    private static final int WORDS = 64;
    private static final int BLOCK_BITS = 12;
    private static final int BLOCKS = ORDINALS >> BLOCK_BITS;

    private final int sets;
    private final long[] bits;

    /** Whether a set has any of a block's ordinals. */
    private final boolean[] touched;

    private final long[][] shared;
    private final int[] batch = new int[256];

    OverlapCounts(int sets) {
        this.sets = sets;
        this.bits = new long[sets * BLOCKS * WORDS];
        this.touched = new boolean[sets * BLOCKS];
        this.shared = new long[sets][sets];
    }

    /** Adds what the sets share of {@code [from, from + ORDINALS)}. */
    void add(ImmutableRoaringBitmap[] held, int from) {
        for (int set = 0; set < sets; set++) {
            layOut(held[set], set, from);
        }
        int[] here = new int[sets];
        for (int block = 0; block < BLOCKS; block++) {
            int count = 0;
            for (int set = 0; set < sets; set++) {
                if (touched[block * sets + set]) {
                    here[count++] = set;
                }
            }
            for (int i = 0; i < count; i++) {
                for (int j = 0; j <= i; j++) {
                    shared[here[i]][here[j]] += shared(block, here[i], here[j]);
                }
            }
        }
        Arrays.fill(bits, 0);
        Arrays.fill(touched, false);
    }

    /** Adds the sums to a matrix, on both sides of its diagonal. */
    void addTo(long[][] matrix) {
        for (int i = 0; i < sets; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] += shared[i][j];
                if (i != j) {
                    matrix[j][i] += shared[i][j];
                }
            }
        }
    }

    private void layOut(ImmutableRoaringBitmap held, int set, int from) {
        var ordinals = held.getBatchIterator();
        ordinals.advanceIfNeeded(from);
        while (ordinals.hasNext()) {
            int count = ordinals.nextBatch(batch);
            for (int i = 0; i < count; i++) {
                int place = batch[i] - from;
                if (place >= ORDINALS) {
                    return;
                }
                int row = (place >>> BLOCK_BITS) * sets + set;
                touched[row] = true;
                bits[row * WORDS + (place >>> 6) % WORDS] |= 1L << place;
            }
        }
    }

    private int shared(int block, int a, int b) {
        int first = (block * sets + a) * WORDS;
        int second = (block * sets + b) * WORDS;
        int count = 0;
        for (int i = 0; i < WORDS; i++) {
            count += Long.bitCount(bits[first + i] & bits[second + i]);
        }
        return count;
    }
}
