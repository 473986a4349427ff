package dev.whence.index;

import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A place inside one verified block. Every step is bounded by the block's end, so that even bytes
 * that nobody of ours wrote end in a named error: {@link java.io.UncheckedIOException} around
 * {@link CorruptIndexFileException}.
 */
final class BlockReader {

    /** What a processor loads at a time. */
    private static final int LINE_BYTES = 64;

    private final MappedFile file;
    private final MemorySegment region;
    private final long end;
    private long position;

    BlockReader(MappedFile file, MemorySegment region, long start, long end) {
        this.file = file;
        this.region = region;
        this.position = start;
        this.end = end;
    }

    boolean hasRemaining() {
        return position < end;
    }

    long position() {
        return position;
    }

    long remaining() {
        return end - position;
    }

    int u8() {
        need(1);
        return region.get(ValueLayout.JAVA_BYTE, position++) & 0xFF;
    }

    /** A byte further on, without moving. */
    byte peek(int ahead) {
        return region.get(ValueLayout.JAVA_BYTE, position + ahead);
    }

    /**
     * Loads the next bytes into the processor's cache, a byte of each line, and does not move; the
     * loads do not wait for each other. What comes back is their sum.
     */
    long load(long count) {
        long to = Math.min(end, position + count);
        long sum = 0;
        for (long at = position; at < to; at += LINE_BYTES) {
            sum += region.get(ValueLayout.JAVA_BYTE, at);
        }
        return sum;
    }

    /** How the next {@code length} bytes compare with others, as unsigned bytes; does not move. */
    int compare(int length, byte[] other) {
        need(length);
        int common = Math.min(length, other.length);
        for (int i = 0; i < common; i++) {
            int order = (peek(i) & 0xFF) - (other[i] & 0xFF);
            if (order != 0) {
                return order;
            }
        }
        return length - other.length;
    }

    int u32() {
        need(Integer.BYTES);
        int value = region.get(LittleEndian.INT, position);
        position += Integer.BYTES;
        return value;
    }

    long u64() {
        need(Long.BYTES);
        long value = region.get(LittleEndian.LONG, position);
        position += Long.BYTES;
        return value;
    }

    /** Four bytes further on, without moving. */
    int u32At(long ahead) {
        need(ahead + Integer.BYTES);
        return region.get(LittleEndian.INT, position + ahead);
    }

    /** Eight bytes further on, without moving. */
    long u64At(long ahead) {
        need(ahead + Long.BYTES);
        return region.get(LittleEndian.LONG, position + ahead);
    }

    long varint() {
        if (position < end) {
            byte first = region.get(ValueLayout.JAVA_BYTE, position);
            if (first >= 0) {
                position++;
                return first;
            }
        }
        return longVarint();
    }

    private long longVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = u8();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw file.corrupt("a number longer than 10 bytes at %d".formatted(position));
    }

    /** A varint that must be at most {@code most}. */
    int varint(int most) {
        long value = varint();
        if (value < 0 || value > most) {
            throw file.corrupt(
                    "at most %d expected at %d, found %s"
                            .formatted(most, position, Long.toUnsignedString(value)));
        }
        return (int) value;
    }

    long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    void read(byte[] target, int from, int count) {
        need(count);
        MemorySegment.copy(region, ValueLayout.JAVA_BYTE, position, target, from, count);
        position += count;
    }

    /** All that is left, if it is not more than {@code most} bytes. */
    byte[] toArray(int most) {
        if (end - position > most) {
            throw corrupt("a block of %d bytes".formatted(end - position));
        }
        byte[] bytes = new byte[(int) (end - position)];
        MemorySegment.copy(region, ValueLayout.JAVA_BYTE, position, bytes, 0, bytes.length);
        return bytes;
    }

    void skip(long count) {
        need(count);
        position += count;
    }

    /** The next bytes as a place of their own; steps over them. */
    BlockReader take(long count) {
        need(count);
        position += count;
        return new BlockReader(file, region, position - count, position);
    }

    /** The next bytes as a buffer over the mapping, little-endian; steps over them. */
    ByteBuffer buffer(int count) {
        need(count);
        position += count;
        return region.asSlice(position - count, count)
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The same place again, to be read twice. */
    BlockReader fork() {
        return new BlockReader(file, region, position, end);
    }

    UncheckedIOException corrupt(String problem) {
        return file.corrupt("%s, at %d".formatted(problem, position));
    }

    void need(long count) {
        if (count < 0 || count > end - position) {
            throw file.corrupt(
                    "%d bytes expected at %d, found %d".formatted(count, position, end - position));
        }
    }
}
