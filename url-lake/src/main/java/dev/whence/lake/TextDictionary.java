package dev.whence.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The dictionary page of a text column: entry number to text, and back where the entries are
 * sorted. Strings are made when first asked for. Not thread-safe.
 */
final class TextDictionary {
    private final byte[] bytes;

    /** Where each entry begins, its length field left out, and behind the last the end. */
    private final int[] starts;

    private final @Nullable String[] strings;

    private TextDictionary(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
        this.strings = new @Nullable String[starts.length - 1];
    }

    /** Parses entries in Parquet's PLAIN encoding: a little-endian length, then the bytes. */
    static TextDictionary of(byte[] page, int entries) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
        if (entries < 1 || entries > in.remaining() / Integer.BYTES) {
            throw new IOException("a dictionary of %d entries".formatted(entries));
        }
        int[] starts = new int[entries + 1];
        int at = 0;
        for (int i = 0; i < entries; i++) {
            int length = at + Integer.BYTES <= in.limit() ? in.getInt(at) : -1;
            if (length < 0 || length > in.limit() - at - Integer.BYTES) {
                throw new IOException("dictionary entry %d reaches beyond its page".formatted(i));
            }
            starts[i] = at + Integer.BYTES;
            at = starts[i] + length;
        }
        if (at != in.limit()) {
            throw new IOException(
                    "a dictionary page holds more than %d entries".formatted(entries));
        }
        starts[entries] = at + Integer.BYTES;
        return new TextDictionary(page, starts);
    }

    int size() {
        return strings.length;
    }

    String text(int entry) {
        String text = strings[entry];
        if (text == null) {
            int from = starts[entry];
            text = new String(bytes, from, end(entry) - from, StandardCharsets.UTF_8);
            strings[entry] = text;
        }
        return text;
    }

    /** The entry that a text is, or -1; entries must be sorted, as those of a sorted column are. */
    int find(byte[] text) {
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order =
                    Arrays.compareUnsigned(
                            bytes, starts[middle], end(middle), text, 0, text.length);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private int end(int entry) {
        return starts[entry + 1] - Integer.BYTES;
    }
}
