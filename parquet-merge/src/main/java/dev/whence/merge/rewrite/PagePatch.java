package dev.whence.merge.rewrite;

import dev.whence.merge.file.FlatPage;
import dev.whence.merge.file.PlainDictionary;
import dev.whence.merge.rows.RowWalk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a flat page after a splice: values that stay are moved as bytes, in runs, without a
 * reader or a writer for each; so are numbers of the dictionary. Used for one page after the other;
 * not thread-safe.
 */
final class PagePatch implements ChangedPage {
    private static final int SLAB_BYTES = 1 << 10;
    private static final int LARGEST_SLAB_BYTES = 1 << 20;

    private final int mostDefinition;
    private final boolean inPlace;
    private final RowWalk walk;
    private final FlatPage page;
    private @Nullable PlainDictionary dictionary;
    private @Nullable PatchStatistics statistics;

    private int row;
    private int value;
    private boolean skipped;
    private boolean changed;
    private int[] definitions = new int[0];
    private int rows;
    private int values;
    private int[] numbers = new int[0];
    private byte[] bytes = new byte[0];
    private int length;

    /**
     * @param page filled by the caller with one page after the other
     * @param inPlace whether each row that is put follows the one that it replaces
     */
    PagePatch(ColumnDescriptor leaf, FlatPage page, boolean inPlace, RowWalk walk) {
        this.mostDefinition = leaf.getMaxDefinitionLevel();
        this.page = page;
        this.inPlace = inPlace;
        this.walk = walk;
    }

    /**
     * Begins with the page that was read last.
     *
     * @param dictionary of the chunk, if the page uses it
     * @param statistics told of plain values that come and go
     */
    void begin(@Nullable PlainDictionary dictionary, @Nullable PatchStatistics statistics) {
        this.dictionary = dictionary;
        this.statistics = statistics;
        row = 0;
        value = 0;
        skipped = false;
        changed = false;
        rows = 0;
        values = 0;
        length = 0;
    }

    /** Whether any row is another one than before. */
    boolean isChanged() {
        return changed;
    }

    int rows() {
        return rows;
    }

    /** Values that are not null. */
    int values() {
        return values;
    }

    /** Plain values one after the other, in {@link #plainLength} bytes. */
    byte[] plain() {
        return bytes;
    }

    int plainLength() {
        return length;
    }

    /** The n-th number of the dictionary. */
    int number(int n) {
        return numbers[n];
    }

    @Override
    public void keep(int n) {
        leave();
        int end = row + n;
        int some = values(end);
        definitions = room(definitions, rows + n);
        for (int i = row; i < end; i++) {
            definitions[rows++] = page.definition(i);
        }
        row = end;
        if (page.usesDictionary()) {
            numbers = room(numbers, values + some);
            for (int i = 0; i < some; i++) {
                numbers[values + i] = page.number(value + i);
            }
        } else {
            int from = page.start(value);
            append(page.bytes(), from, page.start(value + some) - from);
        }
        values += some;
        value += some;
    }

    @Override
    public void skip(int n) {
        leave();
        if (inPlace && n == 1) {
            skipped = true;
        } else {
            remove(n);
        }
    }

    @Override
    public void put(int n) {
        int definition = walk.definition(n);
        boolean isNull = definition < mostDefinition;
        byte[] plain = isNull ? new byte[0] : walk.plain(n);
        if (skipped && page.definition(row) == definition && (isNull || isNext(plain))) {
            skipped = false;
            keep(1);
            return;
        }
        leave();
        changed = true;
        definitions = room(definitions, rows + 1);
        definitions[rows++] = definition;
        if (isNull) {
            return;
        }
        if (dictionary != null) {
            numbers = room(numbers, values + 1);
            numbers[values] = dictionary.number(plain);
        } else {
            append(plain, 0, plain.length);
        }
        values++;
        if (statistics != null) {
            statistics.came(plain);
        }
    }

    /** Ends the page: a row that was left out stays so. */
    void end() {
        leave();
    }

    private void leave() {
        if (skipped) {
            skipped = false;
            remove(1);
        }
    }

    private void remove(int n) {
        changed = true;
        int some = values(row + n);
        if (statistics != null) {
            for (int i = value; i < value + some; i++) {
                statistics.left(page.bytes(), page.content(i), page.start(i + 1));
            }
        }
        row += n;
        value += some;
    }

    private boolean isNext(byte[] plain) {
        if (dictionary != null) {
            return dictionary.holds(page.number(value), plain);
        }
        return Arrays.equals(
                plain, 0, plain.length, page.bytes(), page.start(value), page.start(value + 1));
    }

    /** Values of the rows up to one. */
    private int values(int end) {
        if (end > page.rows()) {
            throw new IllegalStateException("%d rows of %d".formatted(end, page.rows()));
        }
        if (page.values() == page.rows()) {
            return end - row;
        }
        int count = 0;
        for (int i = row; i < end; i++) {
            count += page.isNull(i) ? 0 : 1;
        }
        return count;
    }

    private void append(byte[] from, int offset, int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), 2 * length));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    private static int[] room(int[] array, int count) {
        return array.length >= count ? array : Arrays.copyOf(array, Math.max(count, 2 * count));
    }

    /** The new page, to be compressed; valid until the next one begins. */
    BytesInput bytes() throws IOException {
        BytesInput body =
                dictionary == null
                        ? BytesInput.from(bytes, 0, length)
                        : numbered(dictionary.count());
        if (mostDefinition == 0) {
            return body;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(mostDefinition);
        byte[] levels = packed(definitions, rows, bits);
        return BytesInput.concat(BytesInput.fromInt(levels.length), BytesInput.from(levels), body);
    }

    private BytesInput numbered(int count) throws IOException {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, count - 1));
        return BytesInput.concat(
                BytesInput.from(new byte[] {(byte) bits}),
                BytesInput.from(packed(numbers, values, bits)));
    }

    private static byte[] packed(int[] numbers, int count, int bits) throws IOException {
        try (var encoder =
                new RunLengthBitPackingHybridEncoder(
                        bits,
                        SLAB_BYTES,
                        LARGEST_SLAB_BYTES,
                        HeapByteBufferAllocator.getInstance())) {
            for (int i = 0; i < count; i++) {
                encoder.writeInt(numbers[i]);
            }
            var out = new ByteArrayOutputStream();
            encoder.toBytes().writeAllTo(out);
            return out.toByteArray();
        }
    }
}
