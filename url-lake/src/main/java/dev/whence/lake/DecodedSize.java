package dev.whence.lake;

import java.util.List;
import java.util.function.Function;

/**
 * How much memory rows of a row group take when they are decoded, told from the page indexes before
 * anything is read. An estimate of the heap that errs upwards, exact in what can grow without a
 * bound: the bytes of the texts. Immutable.
 *
 * @param columns the columns whose texts are each of their own
 * @param dictionaries the columns whose texts are shared
 */
record DecodedSize(List<ColumnPages> columns, List<ColumnPages> dictionaries) {
    /** A row's object, its numbers, its references. */
    private static final int ROW_BYTES = 128;

    /** The objects around a text. */
    private static final int TEXT_BYTES = 64;

    /** A dictionary's bytes, and the strings that were made of its entries. */
    private static final int DICTIONARY_FACTOR = 4;

    static DecodedSize of(Function<String, ColumnPages> pages) {
        return new DecodedSize(
                List.of(
                        pages.apply(UrlSchema.PATH_QUERY),
                        pages.apply(UrlSchema.EXTRAS_KEY),
                        pages.apply(UrlSchema.EXTRAS_VALUE)),
                List.of(pages.apply(UrlSchema.HOST), pages.apply(UrlSchema.DOMAIN)));
    }

    /** Bytes of the rows {@code [first, end)}. */
    long bytes(long first, long end) {
        long bytes = (end - first) * ROW_BYTES;
        for (ColumnPages column : columns) {
            bytes += column.textBytes(first, end) + column.values(first, end) * TEXT_BYTES;
        }
        return bytes;
    }

    /** Bytes of the dictionaries, which a reader keeps as long as it reads the row group. */
    long dictionaryBytes() {
        long bytes = 0;
        for (ColumnPages column : dictionaries) {
            long texts = column.textBytes(0, column.rows());
            bytes += DICTIONARY_FACTOR * Math.min(UrlFileEncoder.LARGEST_DICTIONARY_BYTES, texts);
        }
        return bytes;
    }

    /**
     * Where a batch that begins with a row ends so that it takes no more bytes: at the end of a
     * page, or inside one that is too large alone. At least one row.
     */
    long batchEnd(long first, long end, long mostBytes) {
        long at = first;
        while (at < end) {
            long pageEnd = pageEnd(at, end);
            if (bytes(first, pageEnd) > mostBytes) {
                return at > first
                        ? at
                        : first
                                + Math.max(
                                        1, (pageEnd - first) * mostBytes / bytes(first, pageEnd));
            }
            at = pageEnd;
        }
        return end;
    }

    /** Bytes of the largest page among the rows. */
    long largestPageBytes(long first, long end) {
        long largest = 0;
        for (long at = first; at < end; at = pageEnd(at, end)) {
            largest = Math.max(largest, bytes(at, pageEnd(at, end)));
        }
        return largest;
    }

    /** Up to where all columns go on in the page in which they hold a row. */
    private long pageEnd(long row, long end) {
        long pageEnd = end;
        for (ColumnPages column : columns) {
            pageEnd = Math.min(pageEnd, column.endRow(column.pageOf(row)));
        }
        return pageEnd;
    }
}
