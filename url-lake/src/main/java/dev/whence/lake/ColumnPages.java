package dev.whence.lake;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * Where the pages of a column chunk lie and what is known of them without reading them: the offset
 * index and the column index. Rows are counted in the row group. Immutable.
 */
final class ColumnPages {
    /** A page of ours has a few thousand rows, and at most a megabyte or so of lists in each. */
    private static final int MOST_VALUES = 8 << 20;

    private final String column;
    private final ColumnMetaData chunk;
    private final List<PageLocation> locations;
    private final List<Boolean> nullPages;
    private final List<ByteBuffer> mins;
    private final List<ByteBuffer> maxs;
    private final @Nullable List<Long> levels;
    private final @Nullable List<Long> textBytes;
    private final long[] firstRows;
    private final long rows;

    private ColumnPages(
            String column, ColumnChunk chunk, OffsetIndex offsets, ColumnIndex index, long rows) {
        this.column = column;
        this.chunk = requireNonNull(chunk.getMeta_data());
        this.locations = requireNonNull(offsets.getPage_locations());
        this.nullPages = requireNonNull(index.getNull_pages());
        this.mins = requireNonNull(index.getMin_values());
        this.maxs = requireNonNull(index.getMax_values());
        this.levels = index.getDefinition_level_histograms();
        this.textBytes = offsets.getUnencoded_byte_array_data_bytes();
        this.rows = rows;
        this.firstRows = locations.stream().mapToLong(PageLocation::getFirst_row_index).toArray();
    }

    /**
     * @param indexes the bytes of all page indexes of the file, checked
     * @param indexesOffset where they begin in the file
     * @param fileBytes the object's length
     */
    static ColumnPages parse(
            String column,
            ColumnChunk chunk,
            long rows,
            byte[] indexes,
            long indexesOffset,
            long fileBytes)
            throws IOException {
        OffsetIndex offsets =
                Util.readOffsetIndex(
                        new ByteArrayInputStream(
                                indexes,
                                (int) (chunk.getOffset_index_offset() - indexesOffset),
                                chunk.getOffset_index_length()));
        ColumnIndex index =
                Util.readColumnIndex(
                        new ByteArrayInputStream(
                                indexes,
                                (int) (chunk.getColumn_index_offset() - indexesOffset),
                                chunk.getColumn_index_length()));
        ColumnPages pages = new ColumnPages(column, chunk, offsets, index, rows);
        pages.checkPages(fileBytes);
        pages.checkTextBytes();
        return pages;
    }

    String column() {
        return column;
    }

    int count() {
        return firstRows.length;
    }

    long rows() {
        return rows;
    }

    long firstRow(int page) {
        return firstRows[page];
    }

    /** The row behind the page's last. */
    long endRow(int page) {
        return page + 1 < firstRows.length ? firstRows[page + 1] : rows;
    }

    /** The page that holds a row. */
    int pageOf(long row) {
        int at = Arrays.binarySearch(firstRows, row);
        return at >= 0 ? at : -at - 2;
    }

    long offset(int page) {
        return locations.get(page).getOffset();
    }

    /** Bytes of the page with its header. */
    int bytes(int page) {
        return locations.get(page).getCompressed_page_size();
    }

    boolean hasDictionary() {
        return chunk.isSetDictionary_page_offset();
    }

    long dictionaryOffset() {
        return chunk.getDictionary_page_offset();
    }

    /** Bytes of the dictionary page with its header. */
    int dictionaryBytes() {
        return Math.toIntExact(offset(0) - dictionaryOffset());
    }

    /** Whether all values of the page are null. */
    boolean isNull(int page) {
        return nullPages.get(page);
    }

    /** How many values a page holds, nulls counted: more than rows where a column is repeated. */
    int values(int page) {
        if (levels == null || levels.isEmpty()) {
            return Math.toIntExact(endRow(page) - firstRow(page));
        }
        int width = levels.size() / count();
        return Math.toIntExact(
                levels.subList(page * width, (page + 1) * width).stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }

    /**
     * Bytes of a page's texts as they are when decoded, each counted as often as it stands there.
     */
    long textBytes(int page) {
        return textBytes == null ? 0 : textBytes.get(page);
    }

    /** The same for rows: of a page of which only some are asked for, their share by number. */
    long textBytes(long first, long end) {
        return sum(first, end, this::textBytes);
    }

    /** How many values rows hold, nulls counted; a page's are shared out alike. */
    long values(long first, long end) {
        return sum(first, end, page -> isNull(page) ? 0 : values(page));
    }

    private long sum(long first, long end, IntToLongFunction ofPage) {
        long sum = 0;
        for (int page = pageOf(first); page < count() && firstRow(page) < end; page++) {
            long pageRows = endRow(page) - firstRow(page);
            long wanted = Math.min(end, endRow(page)) - Math.max(first, firstRow(page));
            sum += Math.ceilDiv(ofPage.applyAsLong(page) * wanted, pageRows);
        }
        return sum;
    }

    /** What is read and held of a page follows these figures. */
    private void checkPages(long fileBytes) throws IOException {
        boolean whole =
                count() > 0
                        && nullPages.size() == count()
                        && mins.size() == count()
                        && maxs.size() == count()
                        && (levels == null || levels.size() % count() == 0)
                        && firstRow(0) == 0;
        if (!whole) {
            throw new IOException("the page indexes are not whole");
        }
        if (hasDictionary()) {
            checkPlace("dictionary", dictionaryOffset(), offset(0) - dictionaryOffset(), fileBytes);
        }
        for (int page = 0; page < count(); page++) {
            if (firstRow(page) >= endRow(page)) {
                throw new IOException(
                        "page %d holds rows %d to %d"
                                .formatted(page, firstRow(page), endRow(page)));
            }
            checkPlace("page " + page, offset(page), bytes(page), fileBytes);
            if (values(page) > MOST_VALUES) {
                throw new IOException("page %d holds %d values".formatted(page, values(page)));
            }
        }
    }

    private static void checkPlace(String what, long offset, long bytes, long fileBytes)
            throws IOException {
        if (offset < 0
                || bytes <= 0
                || bytes > PageBytes.LARGEST_BYTES
                || offset > fileBytes - bytes) {
            throw new IOException(
                    "%s: %d bytes at %d of %d".formatted(what, bytes, offset, fileBytes));
        }
    }

    /** What is read of a page is bounded by this figure, so there must be one, and a sane one. */
    private void checkTextBytes() throws IOException {
        if (chunk.getType() != Type.BYTE_ARRAY) {
            return;
        }
        if (textBytes == null || textBytes.size() != count()) {
            throw new IOException("does not say how long the texts of its pages are");
        }
        for (int page = 0; page < count() && !hasDictionary(); page++) {
            if (textBytes(page) < 0 || textBytes(page) > PageBytes.LARGEST_BYTES) {
                throw new IOException(
                        "page %d has %d bytes of text, a page has at most %d"
                                .formatted(page, textBytes(page), PageBytes.LARGEST_BYTES));
            }
        }
    }

    /** A bound: no value of the page is less; it may be cut off. */
    byte[] min(int page) {
        return bytes(mins.get(page));
    }

    /** A bound: no value of the page is greater; it may be cut off and raised. */
    byte[] max(int page) {
        return bytes(maxs.get(page));
    }

    /** The text that all values of a page are, or null if they differ or it cannot be told. */
    @Nullable String constant(int page) {
        ByteBuffer min = mins.get(page);
        return min.remaining() < UrlFileForm.STATISTICS_BYTES && min.equals(maxs.get(page))
                ? new String(bytes(min), StandardCharsets.ISO_8859_1)
                : null;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}
