package dev.whence.index;

import java.util.Arrays;

/** A growing buffer in which a block is put together before it is written; used again and again. */
final class BlockBuffer {

    private byte[] bytes = new byte[1024];
    private int length;

    int length() {
        return length;
    }

    /** The buffer's own array: valid up to {@link #length()}, until the next change. */
    byte[] array() {
        return bytes;
    }

    void clear() {
        length = 0;
    }

    void u8(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    void u32(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            u8(value >>> shift);
        }
    }

    void u64(long value) {
        u32((int) value);
        u32((int) (value >>> Integer.SIZE));
    }

    /** LEB128: seven bits a byte, low ones first; the value is unsigned. */
    void varint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** A signed value whose small magnitudes are short. */
    void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    void put(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    void put(BlockBuffer other) {
        put(other.bytes, 0, other.length);
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            int least = Math.addExact(length, more);
            bytes =
                    Arrays.copyOf(
                            bytes, Math.max(least, (int) Math.min(bytes.length * 2L, 1 << 30)));
        }
    }
}
