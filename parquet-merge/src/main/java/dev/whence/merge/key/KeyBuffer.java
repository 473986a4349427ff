package dev.whence.merge.key;

import dev.whence.merge.MergeRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;

/**
 * Bytes of a key in the making: components are appended one after the other, and the buffer is used
 * again for the next key. The first byte of a component is 0 for null and more for a value, so that
 * null sorts first. Then come:
 *
 * <ul>
 *   <li>integers and dates: 1 (negative) or 2, eight bytes of two's complement;
 *   <li>floating point: 1, eight bytes that order as the doubles do, NaN last;
 *   <li>booleans: 1 or 2, nothing more;
 *   <li>bytes: 1, the bytes with 0 written as 0 255, then 0 0;
 *   <li>times and timestamps: 1, eight bytes of seconds, four of nanoseconds;
 *   <li>decimals: see {@link DecimalCode}.
 * </ul>
 *
 * Not thread-safe.
 */
public final class KeyBuffer {
    static final byte NULL = 0;
    static final byte VALUE = 1;
    static final byte NEGATIVE = 1;
    static final byte NOT_NEGATIVE = 2;
    static final byte FALSE = 1;
    static final byte TRUE = 2;
    static final byte ESCAPE = (byte) 0xFF;

    static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** A key beyond this is damage or no key. */
    private static final int LARGEST_BYTES = 64 << 20;

    private final OutputStream escaped = new Escaped();

    /** Room for the digits of a long, which {@link DecimalCode} needs for each value. */
    final byte[] digits = new byte[20];

    private byte[] bytes = new byte[64];
    private int length;

    /** The array, valid up to {@link #length} until the next write. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Forgets what was written. */
    public void clear() {
        length = 0;
    }

    /** A copy of what was written. */
    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /** Appends components that are encoded already. */
    public void append(byte[] components) {
        reserve(components.length);
        System.arraycopy(components, 0, bytes, length, components.length);
        length += components.length;
    }

    void putByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void putInt(int value) {
        reserve(4);
        INTS.set(bytes, length, value);
        length += 4;
    }

    /** A tag and eight bytes. */
    void putLong(byte tag, long value) {
        reserve(9);
        bytes[length] = tag;
        LONGS.set(bytes, length + 1, value);
        length += 9;
    }

    void putSigned(long value) {
        putLong(value < 0 ? NEGATIVE : NOT_NEGATIVE, value);
    }

    void putDouble(double value) {
        // adding 0.0 makes -0.0 of 0.0, and doubleToLongBits makes every NaN the same
        long bits = Double.doubleToLongBits(value + 0.0);
        putLong(VALUE, bits ^ ((bits >> 63) | Long.MIN_VALUE));
    }

    void putMoment(long seconds, int nanos) {
        putLong(VALUE, seconds ^ Long.MIN_VALUE);
        putInt(nanos);
    }

    void putBinary(Binary value) {
        putByte(VALUE);
        try {
            value.writeTo(escaped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reserve(2);
        bytes[length] = 0;
        bytes[length + 1] = 0;
        length += 2;
    }

    void reserve(int more) {
        if (bytes.length - length < more) {
            if (more > LARGEST_BYTES - length) {
                throw new MergeRefusedException(
                        "a row's key is longer than %d bytes; choose shorter key columns"
                                .formatted(LARGEST_BYTES));
            }
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    /**
     * A stream, because that is the one way by which every {@link Binary} gives its bytes without a
     * copy.
     */
    private final class Escaped extends OutputStream {
        @Override
        public void write(int value) {
            putByte(value);
            if ((byte) value == 0) {
                putByte(ESCAPE);
            }
        }

        @Override
        public void write(byte[] from, int offset, int count) {
            reserve(count);
            System.arraycopy(from, offset, bytes, length, count);
            int zero = firstZero(bytes, length, length + count);
            int plain = zero - length;
            length = zero;
            for (int i = plain; i < count; i++) {
                write(from[offset + i]);
            }
        }
    }

    /** Where the first zero byte stands, or {@code to}. */
    private static int firstZero(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            if (((word - 0x0101010101010101L) & ~word & 0x8080808080808080L) != 0) {
                break;
            }
        }
        while (at < to && bytes[at] != 0) {
            at++;
        }
        return at;
    }
}
