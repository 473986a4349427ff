package dev.whence.lake;

import java.nio.ByteBuffer;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Parquet's hybrid of run lengths and bit packing, read run by run: a run of a million equal values
 * costs as much as one value. (Parquet format, Encodings.md, "RLE / Bit-Packing Hybrid".) Not
 * thread-safe.
 */
final class HybridRuns {
    private final ByteBuffer in;
    private final int bitWidth;
    private final BytePacker packer;
    private final int[] unpacked = new int[8];
    private int groups;
    private int next = 8;
    private int value;

    HybridRuns(ByteBuffer in, int bitWidth) {
        if (bitWidth > Integer.SIZE) {
            throw new IllegalArgumentException("values of " + bitWidth + " bits");
        }
        this.in = in;
        this.bitWidth = bitWidth;
        this.packer = Packer.LITTLE_ENDIAN.newBytePacker(bitWidth);
    }

    /** The value of the run that {@link #nextRun} went to. */
    int value() {
        return value;
    }

    /** Goes to the next run; returns its length, of which the last may hold padding. */
    int nextRun() {
        if (next < 8) {
            value = unpacked[next++];
            return 1;
        }
        if (groups > 0) {
            unpack();
            value = unpacked[next++];
            return 1;
        }
        int header = varint();
        if ((header & 1) == 0) {
            value = 0;
            for (int shift = 0; shift < bitWidth; shift += 8) {
                value |= (in.get() & 0xff) << shift;
            }
            return header >>> 1;
        }
        groups = header >>> 1;
        unpack();
        value = unpacked[next++];
        return 1;
    }

    private void unpack() {
        int from = in.position();
        in.position(from + bitWidth);
        packer.unpack8Values(in, from, unpacked, 0);
        groups--;
        next = 0;
    }

    private int varint() {
        int result = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            byte part = in.get();
            result |= (part & 0x7f) << shift;
            if (part >= 0) {
                return result;
            }
        }
        throw new IllegalArgumentException("a run's length does not end");
    }
}
