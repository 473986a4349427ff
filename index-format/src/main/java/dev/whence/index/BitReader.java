package dev.whence.index;

import java.lang.foreign.MemorySegment;

/**
 * Reads what {@link BitWriter} wrote into one verified block. Bits are loaded eight bytes at a
 * time, also beyond the block's end, where the tree's trailer stands at least; but none of them is
 * believed.
 */
final class BitReader {

    /** Bits that a load has wherever in a byte it begins. */
    static final int WINDOW_BITS = Long.SIZE - Byte.SIZE + 1;

    private final MappedFile file;
    private final MemorySegment region;
    private final long end;
    private long position;

    /**
     * @param start the byte of the region at which the bits begin
     * @param end the byte at which they end
     */
    BitReader(MappedFile file, MemorySegment region, long start, long end) {
        this.file = file;
        this.region = region;
        this.position = start * Byte.SIZE;
        this.end = end * Byte.SIZE;
    }

    long position() {
        return position;
    }

    /** Goes to a bit of the region. */
    void position(long bit) {
        checkEnd(bit);
        position = bit;
    }

    /** Throws if a bit is beyond the end. */
    void checkEnd(long bit) {
        if (bit < 0 || bit > end) {
            throw file.corrupt("bit %d of a block that ends at %d".formatted(bit, end));
        }
    }

    /** Steps over bits. */
    void skip(long count) {
        if (count < 0 || count > end - position) {
            throw file.corrupt(
                    "%d bits expected at byte %d, found %d"
                            .formatted(count, position / Byte.SIZE, end - position));
        }
        position += count;
    }

    /** A number of 0 to 32 bits. */
    long bits(int count) {
        long at = position;
        skip(count);
        return window(at) & ((1L << count) - 1);
    }

    /** A number of an array of equally wide ones, 0 to 32 bits each; does not move. */
    long bitsAt(long first, int index, int width) {
        long at = first + (long) index * width;
        if (at + width > end) {
            throw file.corrupt("bit %d of a block that ends at %d".formatted(at, end));
        }
        return window(at) & ((1L << width) - 1);
    }

    /** A number in the code of an order. */
    long code(int order) {
        long window = window(position);
        int zeros = Long.numberOfTrailingZeros(window);
        if (codeBits(zeros, order) > WINDOW_BITS) {
            return longCode(order);
        }
        skip(codeBits(zeros, order));
        return value(window, zeros, order);
    }

    /** The next {@value #WINDOW_BITS} bits from a bit on, and some more; does not move. */
    long windowAt(long bit) {
        checkEnd(bit);
        return window(bit);
    }

    /** How many bits a code has that begins with so many zeros. */
    static int codeBits(int zeros, int order) {
        return 2 * zeros + 1 + order;
    }

    /** The number whose code a window begins with. */
    static long value(long window, int zeros, int order) {
        int low = zeros + order;
        long sum = (1L << low) | ((window >>> zeros >>> 1) & ((1L << low) - 1));
        return sum - (1L << order);
    }

    private long longCode(int order) {
        int zeros = 0;
        while (bits(1) == 0) {
            zeros++;
        }
        int low = zeros + order;
        if (low >= Long.SIZE) {
            throw file.corrupt("a number of %d bits at byte %d".formatted(low, position / 8));
        }
        int half = Math.min(low, Integer.SIZE);
        long sum = bits(half);
        sum |= bits(low - half) << half;
        return ((1L << low) | sum) - (1L << order);
    }

    private long window(long bit) {
        return region.get(LittleEndian.LONG, bit >>> 3) >>> (bit & 7);
    }
}
