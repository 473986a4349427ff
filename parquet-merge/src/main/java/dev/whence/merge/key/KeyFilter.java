package dev.whence.merge.key;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;

/**
 * A hint of which values a key column has in the source: bits by their hashes, of a fixed size, so
 * that the more values there are the less it rules out. What it rules out is not there. Thread-safe
 * once all values are added.
 */
public final class KeyFilter {
    private static final Hasher64 HASHER = Hashing.xxh3_64();

    /** A megabyte for each key column, which is of use for some million values. */
    private static final int BITS = 1 << 23;

    private final KeyKind kind;
    private final long[] bits = new long[BITS / Long.SIZE];
    private boolean nulls;

    public KeyFilter(KeyKind kind) {
        this.kind = kind;
    }

    /** Adds a value. */
    public void add(byte[] component, int from, int length) {
        if (component[from] == KeyBuffer.NULL) {
            nulls = true;
        } else if (kind == KeyKind.BYTES) {
            byte[] content = unescaped(component, from + 1, from + length - 2);
            set(HASHER.hashBytesToLong(content, 0, content.length));
        } else {
            set(HASHER.hashBytesToLong(component, from, length));
        }
    }

    /** The bytes of a value, in which 0 is written as 0 255. */
    private static byte[] unescaped(byte[] component, int from, int to) {
        byte[] content = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            content[length++] = component[i];
            i += component[i] == 0 ? 1 : 0;
        }
        return Arrays.copyOf(content, length);
    }

    private void set(long hash) {
        bits[(int) (hash >>> 6) & (bits.length - 1)] |= 1L << hash;
    }

    public boolean mayHoldNull() {
        return nulls;
    }

    /**
     * Whether the source may have a value, of a file's column of the same kind.
     *
     * @param plain holds the value as Parquet's plain encoding has it, without a length
     * @param scratch used for what it likes
     */
    public boolean mayHold(
            KeyColumn column, byte[] plain, int from, int length, KeyBuffer scratch) {
        long hash;
        if (kind == KeyKind.BYTES) {
            hash = HASHER.hashBytesToLong(plain, from, length);
        } else {
            scratch.clear();
            encode(column, plain, from, length, scratch);
            hash = HASHER.hashBytesToLong(scratch.bytes(), 0, scratch.length());
        }
        return (bits[(int) (hash >>> 6) & (bits.length - 1)] & 1L << hash) != 0;
    }

    /** Appends a value that is as the plain encoding has it, without a length; not a boolean. */
    public static void encode(
            KeyColumn column, byte[] plain, int from, int length, KeyBuffer into) {
        switch (column.type().getPrimitiveTypeName()) {
            case INT32 -> column.encodeInt(Integer.reverseBytes(intAt(plain, from)), into);
            case INT64 -> column.encodeLong(Long.reverseBytes(longAt(plain, from)), into);
            case FLOAT ->
                    column.encodeFloat(
                            Float.intBitsToFloat(Integer.reverseBytes(intAt(plain, from))), into);
            case DOUBLE ->
                    column.encodeDouble(
                            Double.longBitsToDouble(Long.reverseBytes(longAt(plain, from))), into);
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 ->
                    column.encodeBinary(Binary.fromReusedByteArray(plain, from, length), into);
            case BOOLEAN -> throw new IllegalArgumentException("booleans are bits");
        }
    }

    private static int intAt(byte[] bytes, int at) {
        return (int) KeyBuffer.INTS.get(bytes, at);
    }

    private static long longAt(byte[] bytes, int at) {
        return (long) KeyBuffer.LONGS.get(bytes, at);
    }
}
