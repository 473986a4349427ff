package dev.whence.index;

/**
 * Puts bits into a {@link BlockBuffer}, the low ones of a byte first. A number is written as an
 * Exp-Golomb code of an order {@code k} (Teuhola, 1978; Elias' gamma code is order 0): of {@code v
 * + 2^k}, which has {@code n} bits, {@code n - 1 - k} zeros, a one, and all bits but the highest.
 */
final class BitWriter {

    static final int MAX_ORDER = 40;

    private final BlockBuffer out;
    private long pending;
    private int pendingBits;
    private long bits;

    BitWriter(BlockBuffer out) {
        this.out = out;
    }

    /** Bits so far. */
    long bits() {
        return bits;
    }

    /** The low bits of a value, 0 to 64 of them. */
    void bits(long value, int count) {
        if (count > Integer.SIZE) {
            bits(value, Integer.SIZE);
            bits(value >>> Integer.SIZE, count - Integer.SIZE);
            return;
        }
        pending |= (value & ((1L << count) - 1)) << pendingBits;
        pendingBits += count;
        bits += count;
        while (pendingBits >= Byte.SIZE) {
            out.u8((int) pending);
            pending >>>= Byte.SIZE;
            pendingBits -= Byte.SIZE;
        }
    }

    /** The code of an unsigned number, for which {@link #length} is not infinite. */
    void code(long value, int order) {
        long sum = value + (1L << order);
        int low = Long.SIZE - 1 - Long.numberOfLeadingZeros(sum);
        bits(0, low - order);
        bits(1, 1);
        bits(sum, low);
    }

    /** How many bits a code has: as good as infinite where the order is too high for the number. */
    static int length(long value, int order) {
        long sum = value + (1L << order);
        if (Long.compareUnsigned(sum, value) < 0) {
            return 1 << 20;
        }
        int low = Long.SIZE - 1 - Long.numberOfLeadingZeros(sum);
        return low - order + 1 + low;
    }

    /** Fills the last byte with zeros. */
    void finish() {
        bits(0, -pendingBits & (Byte.SIZE - 1));
    }
}
