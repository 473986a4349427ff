package dev.whence.merge.rows;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of rows in the making. Grows to the largest row. Not thread-safe. */
final class RowBuffer {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[1024];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void putByte(int value) {
        int at = reserve(1);
        bytes[at] = (byte) value;
    }

    void putInt(int value) {
        int at = reserve(Integer.BYTES);
        INT.set(bytes, at, value);
    }

    void putLong(long value) {
        int at = reserve(Long.BYTES);
        LONG.set(bytes, at, value);
    }

    void put(byte[] from, int offset, int count) {
        int at = reserve(count);
        System.arraycopy(from, offset, bytes, at, count);
    }

    /** Sets an int written before. */
    void setInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    /** Makes room, perhaps in another array: reserve first, then name the array. */
    private int reserve(int count) {
        int at = length;
        int needed = Math.addExact(at, count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * needed));
        }
        length = needed;
        return at;
    }
}
