package dev.whence.merge.plan;

import dev.whence.merge.file.FlatPage;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.PlainDictionary;
import dev.whence.merge.file.RawPages;
import dev.whence.merge.key.KeyBuffer;
import dev.whence.merge.key.KeyColumn;
import dev.whence.merge.key.KeyFilter;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A key column of one row group with flat pages: rules rows out by a filter, and remembers the
 * values of the others. Not thread-safe.
 */
final class KeyLeaf {
    /** Values that are not numbers of the dictionary are numbered downwards from below null. */
    private static final int NULL = -1;

    private static final int FIRST_PLAIN = -2;

    private final ColumnDescriptor leaf;
    private final KeyColumn column;
    private final KeyFilter filter;
    private final RawPages pages;
    private final FlatPage page;
    private final long bytes;
    private final KeyBuffer scratch = new KeyBuffer();
    private @Nullable PlainDictionary dictionary;
    private BitSet passing = new BitSet();

    private int[] rows = new int[256];
    private int[] values = new int[256];
    private int count;
    private byte[] plain = new byte[1024];
    private int[] plainEnds = new int[16];
    private int plainCount;
    private int next;

    private KeyLeaf(
            ColumnDescriptor leaf,
            KeyColumn column,
            KeyFilter filter,
            RawPages pages,
            ColumnChunkMetaData chunk) {
        this.leaf = leaf;
        this.column = column;
        this.filter = filter;
        this.pages = pages;
        this.page = new FlatPage(leaf);
        this.bytes = chunk.getTotalSize();
    }

    /** Empty if the chunk's pages are not flat, or nothing says where they are. */
    static Optional<KeyLeaf> of(
            ParquetInput input,
            int rowGroup,
            ColumnDescriptor leaf,
            KeyColumn column,
            KeyFilter filter,
            SeekableInputStream bytes)
            throws IOException {
        ColumnChunkMetaData chunk = input.chunk(rowGroup, leaf);
        long groupRows = input.rowGroups().get(rowGroup).getRowCount();
        return FlatPage.areAllOf(leaf, chunk)
                ? RawPages.toRead(input, chunk, bytes, groupRows)
                        .map(pages -> new KeyLeaf(leaf, column, filter, pages, chunk))
                : Optional.empty();
    }

    /** Of the chunk. */
    long bytes() {
        return bytes;
    }

    /**
     * Takes rows away whose value the source does not have; pages of none are not read.
     *
     * @param left rows that may have a key of the source
     * @param mostBytes that may be remembered
     * @return false if it cannot be done: the bound was met, or a page is not flat after all
     */
    boolean filter(BitSet left, long mostBytes) throws IOException {
        for (int number = 0; number < pages.count(); number++) {
            int first = (int) pages.firstRow(number);
            int end = (int) pages.endRow(number);
            if (!holdsAny(left, first, end)) {
                continue;
            }
            pages.hold(number, more -> holdsAny(left, more));
            RawPages.Page raw = pages.page(number);
            if (!page.read(raw, pages.plain(raw))) {
                return false;
            }
            if (page.usesDictionary()) {
                page.requireNumbersBelow(dictionary().count());
            }
            filterPage(left, first);
            if (2L * Integer.BYTES * count + plainEnd() > mostBytes) {
                return false;
            }
        }
        return true;
    }

    private boolean holdsAny(BitSet left, int number) {
        return holdsAny(left, (int) pages.firstRow(number), (int) pages.endRow(number));
    }

    private static boolean holdsAny(BitSet left, int first, int end) {
        int row = left.nextSetBit(first);
        return row >= 0 && row < end;
    }

    private void filterPage(BitSet left, int first) {
        int value = 0;
        for (int i = 0; i < page.rows(); i++) {
            int row = first + i;
            boolean isNull = page.isNull(i);
            if (left.get(row)) {
                if (isNull ? filter.mayHoldNull() : passes(value)) {
                    remember(row, isNull ? NULL : known(value));
                } else {
                    left.clear(row);
                }
            }
            value += isNull ? 0 : 1;
        }
    }

    private boolean passes(int value) {
        if (page.usesDictionary()) {
            return passing.get(page.number(value));
        }
        int from = page.content(value);
        return filter.mayHold(column, page.bytes(), from, page.start(value + 1) - from, scratch);
    }

    /** A number that stands for a value from here on. */
    private int known(int value) {
        if (page.usesDictionary()) {
            return page.number(value);
        }
        int from = page.content(value);
        int length = page.start(value + 1) - from;
        int start = plainEnd();
        if (plain.length - start < length) {
            plain = Arrays.copyOf(plain, Math.max(Math.addExact(start, length), 2 * start));
        }
        System.arraycopy(page.bytes(), from, plain, start, length);
        if (plainCount == plainEnds.length) {
            plainEnds = Arrays.copyOf(plainEnds, 2 * plainCount);
        }
        plainEnds[plainCount] = start + length;
        return FIRST_PLAIN - plainCount++;
    }

    private int plainEnd() {
        return plainCount == 0 ? 0 : plainEnds[plainCount - 1];
    }

    private void remember(int row, int value) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        rows[count] = row;
        values[count++] = value;
    }

    private PlainDictionary dictionary() throws IOException {
        PlainDictionary known = dictionary;
        if (known == null) {
            DictionaryPage stored =
                    pages.dictionary()
                            .orElseThrow(() -> new IOException("a page without its dictionary"));
            known =
                    new PlainDictionary(
                            leaf.getPrimitiveType(),
                            pages.plain(stored),
                            stored.getDictionarySize());
            dictionary = known;
            passing = new BitSet(known.count());
            for (int i = 0; i < known.count(); i++) {
                int from = known.start(i);
                passing.set(
                        i,
                        filter.mayHold(column, known.array(), from, known.end(i) - from, scratch));
            }
        }
        return known;
    }

    /**
     * Appends the value of a row that was not ruled out.
     *
     * @param row greater than the one before
     */
    void encode(int row, KeyBuffer into) throws IOException {
        while (rows[next] < row) {
            next++;
        }
        int value = values[next];
        if (value == NULL) {
            column.encodeNull(into);
        } else if (value > NULL) {
            PlainDictionary known = dictionary();
            int from = known.start(value);
            KeyFilter.encode(column, known.array(), from, known.end(value) - from, into);
        } else {
            int number = FIRST_PLAIN - value;
            int from = number == 0 ? 0 : plainEnds[number - 1];
            KeyFilter.encode(column, plain, from, plainEnds[number] - from, into);
        }
    }
}
