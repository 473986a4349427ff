package dev.whence.merge.file;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.schema.PrimitiveType;

/**
 * The values of a column chunk's dictionary as they are stored, to which others can be added at the
 * end: the numbers of those before stay what they were. Not thread-safe.
 */
public final class PlainDictionary {
    private final int valueBytes;
    private byte[] bytes;
    private int[] ends;
    private int count;
    private final int countBefore;
    private final Map<ByteBuffer, Integer> numbers = new HashMap<>();

    /**
     * @param bytes decompressed
     * @throws IOException if it does not hold as many values
     */
    public PlainDictionary(PrimitiveType type, byte[] bytes, int count) throws IOException {
        this.valueBytes = FlatPage.valueBytes(type);
        this.bytes = bytes;
        this.count = count;
        this.countBefore = count;
        if (count < 0 || count > bytes.length / Math.max(1, least())) {
            throw tooFew();
        }
        this.ends = new int[count];
        ByteBuffer lengths = ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN);
        int at = 0;
        for (int i = 0; i < count; i++) {
            int length = valueBytes;
            if (length < 0) {
                length = bytes.length - at < Integer.BYTES ? -1 : lengths.getInt(at);
                at += Integer.BYTES;
            }
            if (length < 0 || length > bytes.length - at) {
                throw tooFew();
            }
            at += length;
            ends[i] = at;
        }
        if (count == 0 || ends[count - 1] < bytes.length) {
            this.bytes = Arrays.copyOf(bytes, at);
        }
    }

    private int least() {
        return valueBytes >= 0 ? valueBytes : Integer.BYTES;
    }

    private static IOException tooFew() {
        return new IOException("a dictionary ends before its values");
    }

    public int count() {
        return count;
    }

    public boolean grew() {
        return count > countBefore;
    }

    /** All values, those that were added at the end. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, length());
    }

    public int length() {
        return count == 0 ? 0 : ends[count - 1];
    }

    /** A value, its length (if it has one) before it; valid until one is added. */
    public ByteBuffer plain(int number) {
        int start = number == 0 ? 0 : ends[number - 1];
        return ByteBuffer.wrap(bytes, start, ends[number] - start).slice().order(LITTLE_ENDIAN);
    }

    /** All values, in an array that is valid until one is added. */
    public byte[] array() {
        return bytes;
    }

    /** Where a value begins in {@link #array}, its length not among it. */
    public int start(int number) {
        return (number == 0 ? 0 : ends[number - 1]) + (valueBytes >= 0 ? 0 : Integer.BYTES);
    }

    /** Where it ends. */
    public int end(int number) {
        return ends[number];
    }

    /** A value without its length. */
    public ByteBuffer content(int number) {
        ByteBuffer plain = plain(number);
        return valueBytes >= 0 ? plain : plain.position(Integer.BYTES).slice().order(LITTLE_ENDIAN);
    }

    /** Whether a value is these bytes, its length (if it has one) before it. */
    public boolean holds(int number, byte[] plain) {
        int start = number == 0 ? 0 : ends[number - 1];
        return Arrays.equals(bytes, start, ends[number], plain, 0, plain.length);
    }

    /**
     * The number of a value, which is added if there is none.
     *
     * @param plain its length (if it has one) before it; not kept
     */
    public int number(byte[] plain) {
        if (numbers.isEmpty()) {
            for (int i = 0; i < count; i++) {
                numbers.putIfAbsent(key(plain(i)), i);
            }
        }
        Integer known = numbers.get(ByteBuffer.wrap(plain));
        return known == null ? add(plain) : known;
    }

    private int add(byte[] plain) {
        int start = length();
        if (bytes.length - start < plain.length) {
            bytes = Arrays.copyOf(bytes, Math.max(start + plain.length, 2 * bytes.length));
        }
        System.arraycopy(plain, 0, bytes, start, plain.length);
        if (ends.length == count) {
            ends = Arrays.copyOf(ends, Math.max(16, 2 * count));
        }
        ends[count] = start + plain.length;
        numbers.put(ByteBuffer.wrap(plain.clone()), count);
        return count++;
    }

    private static ByteBuffer key(ByteBuffer plain) {
        byte[] copy = new byte[plain.remaining()];
        plain.get(copy);
        return ByteBuffer.wrap(copy);
    }
}
