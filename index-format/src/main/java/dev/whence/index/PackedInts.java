package dev.whence.index;

import java.io.IOException;

/**
 * Numbers of one width side by side in blocks of {@value #BLOCK_VALUES}: the number {@code v} of a
 * block lies in its bits {@code v * width} on, low ones first, and seven zero bytes at a block's
 * end let a reader take eight bytes anywhere.
 */
final class PackedInts {
    static final int BLOCK_VALUES = 1024;
    static final int PADDING_BYTES = Long.BYTES - 1;

    private PackedInts() {}

    /** Bits of the numbers below {@code limit}, at least 1. */
    static int width(int limit) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(limit - 1));
    }

    static int blocks(int values) {
        return (int) ((values + BLOCK_VALUES - 1L) / BLOCK_VALUES);
    }

    /** The number at an index, of numbers that begin with a block. */
    static int get(BlockTree tree, int firstBlock, int index, int width) {
        BlockReader in = tree.block(firstBlock + index / BLOCK_VALUES);
        long bit = (long) (index % BLOCK_VALUES) * width;
        in.skip(bit / Byte.SIZE);
        return (int) (in.u64() >>> (bit % Byte.SIZE) & ((1L << width) - 1));
    }

    /** Where numbers come from. */
    interface Source {
        int at(int index);
    }

    /** Adds the blocks of so many numbers to a tree; returns the next key. */
    static long write(BlockTreeWriter tree, long firstKey, int values, int width, Source source)
            throws IOException {
        BlockBuffer block = new BlockBuffer();
        long key = firstKey;
        for (int first = 0; first < values; first += BLOCK_VALUES) {
            int end = Math.min(values, first + BLOCK_VALUES);
            long bits = 0;
            int bitCount = 0;
            for (int index = first; index < end; index++) {
                bits |= (long) source.at(index) << bitCount;
                bitCount += width;
                while (bitCount >= Byte.SIZE) {
                    block.u8((int) bits);
                    bits >>>= Byte.SIZE;
                    bitCount -= Byte.SIZE;
                }
            }
            if (bitCount > 0) {
                block.u8((int) bits);
            }
            block.put(new byte[PADDING_BYTES], 0, PADDING_BYTES);
            tree.block(key++, block);
            block.clear();
        }
        return key;
    }
}
