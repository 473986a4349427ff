package dev.whence.merge.file;

import java.io.IOException;
import java.util.Arrays;

/**
 * Small numbers as Parquet packs levels and dictionary numbers: runs of one number, and groups of
 * eight in as many bits each as the largest needs (the "RLE / bit-packing hybrid" of the format's
 * Encodings.md).
 */
final class HybridRuns {
    private static final int MOST_BITS = 32;

    private HybridRuns() {}

    /**
     * Unpacks numbers.
     *
     * @param from where they begin; they end before {@code to}
     * @param bits of each, 0 to 32
     * @param count how many are wanted; {@code into} has room for them
     * @throws IOException if there are fewer
     */
    static void decode(byte[] packed, int from, int to, int bits, int[] into, int count)
            throws IOException {
        if (bits < 0 || bits > MOST_BITS) {
            throw new IOException("numbers of %d bits".formatted(bits));
        }
        int at = from;
        int done = 0;
        while (done < count) {
            int header = 0;
            int shift = 0;
            byte part;
            do {
                if (at >= to || shift > 28) {
                    throw tooFew(count);
                }
                part = packed[at++];
                header |= (part & 0x7F) << shift;
                shift += 7;
            } while (part < 0);
            int length = header >>> 1;
            if ((header & 1) == 0) {
                int bytes = (bits + 7) / 8;
                if (length == 0 || bytes > to - at) {
                    throw tooFew(count);
                }
                int value = 0;
                for (int i = 0; i < bytes; i++) {
                    value |= (packed[at++] & 0xFF) << (8 * i);
                }
                int end = (int) Math.min(count, (long) done + length);
                Arrays.fill(into, done, end, value);
                done = end;
            } else {
                int end = (int) Math.min(count, done + 8L * length);
                // The last group may be cut off after the last number.
                if (end == done || ((long) (end - done) * bits + 7) / 8 > to - at) {
                    throw tooFew(count);
                }
                unpack(packed, at, bits, into, done, end);
                at = (int) Math.min(to, at + (long) length * bits);
                done = end;
            }
        }
    }

    private static void unpack(byte[] packed, int from, int bits, int[] into, int first, int end) {
        int at = from;
        long buffer = 0;
        int held = 0;
        long mask = (1L << bits) - 1;
        for (int i = first; i < end; i++) {
            while (held < bits) {
                buffer |= (packed[at++] & 0xFFL) << held;
                held += 8;
            }
            into[i] = (int) (buffer & mask);
            buffer >>>= bits;
            held -= bits;
        }
    }

    private static IOException tooFew(int count) {
        return new IOException("fewer than the %d numbers that are said to be".formatted(count));
    }
}
