package dev.whence.merge.file;

import static java.util.Objects.requireNonNull;

import dev.whence.parquet.BoundedCodecs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a column chunk as they are stored, for those that can be taken one by one: pages of
 * the first version, with column and offset index. Not thread-safe.
 */
public final class RawPages {
    private static final long LARGEST_HELD_BYTES = 8 << 20;

    private final ColumnChunkMetaData chunk;
    private final OffsetIndex offsets;
    private final Optional<ColumnIndex> index;
    private final SeekableInputStream bytes;
    private final long rows;
    private final BoundedCodecs codecs = new BoundedCodecs(ParquetInput.LARGEST_PAGE_BYTES);

    private byte[] held = new byte[0];
    private long heldFrom;

    /**
     * A data page.
     *
     * @param body compressed
     */
    public record Page(
            int values,
            long rows,
            int plainBytes,
            BytesInput body,
            Statistics<?> statistics,
            Encoding repetitions,
            Encoding definitions,
            Encoding encoding) {}

    private RawPages(
            ColumnChunkMetaData chunk,
            OffsetIndex offsets,
            Optional<ColumnIndex> index,
            SeekableInputStream bytes,
            long rows) {
        this.chunk = chunk;
        this.offsets = offsets;
        this.index = index;
        this.bytes = bytes;
        this.rows = rows;
    }

    /**
     * A chunk's pages; empty if they cannot be taken one by one.
     *
     * @param bytes of the file
     */
    public static Optional<RawPages> of(
            ParquetInput input, ColumnChunkMetaData chunk, SeekableInputStream bytes, long rows)
            throws IOException {
        EncodingStats stats = chunk.getEncodingStats();
        if (stats == null || stats.usesV2Pages() || chunk.getBloomFilterOffset() >= 0) {
            return Optional.empty();
        }
        Optional<OffsetIndex> offsets = input.offsetIndex(chunk, rows);
        Optional<ColumnIndex> index = input.columnIndex(chunk);
        if (offsets.isEmpty()
                || index.isEmpty()
                || index.get().getNullCounts() == null
                || index.get().getNullPages().size() != offsets.get().getPageCount()) {
            return Optional.empty();
        }
        return Optional.of(new RawPages(chunk, offsets.get(), index, bytes, rows));
    }

    /**
     * A chunk's pages without their statistics, of the first version as far as the footer says;
     * empty if it has no offset index.
     *
     * @param bytes of the file
     */
    public static Optional<RawPages> toRead(
            ParquetInput input, ColumnChunkMetaData chunk, SeekableInputStream bytes, long rows)
            throws IOException {
        return input.offsetIndex(chunk, rows)
                .map(offsets -> new RawPages(chunk, offsets, Optional.empty(), bytes, rows));
    }

    /**
     * Reads a page's bytes before they are asked for, and those of the pages after it that are
     * wanted too, in one piece. What was read so before is forgotten.
     */
    public void hold(int page, IntPredicate wanted) throws IOException {
        long end = offsets.getOffset(page) + offsets.getCompressedPageSize(page);
        if (end <= heldFrom + held.length && offsets.getOffset(page) >= heldFrom) {
            return;
        }
        long from = page == 0 ? chunk.getStartingPos() : offsets.getOffset(page);
        for (int next = page + 1; next < count() && wanted.test(next); next++) {
            long nextEnd = offsets.getOffset(next) + offsets.getCompressedPageSize(next);
            if (offsets.getOffset(next) != end || nextEnd - from > LARGEST_HELD_BYTES) {
                break;
            }
            end = nextEnd;
        }
        if (end - from <= LARGEST_HELD_BYTES) {
            held = read(from, (int) (end - from));
            heldFrom = from;
        }
    }

    /** A page's body as it was before it was compressed. */
    public byte[] plain(Page page) throws IOException {
        return plain(page.body(), page.plainBytes());
    }

    /** A dictionary's values as they were before they were compressed. */
    public byte[] plain(DictionaryPage dictionary) throws IOException {
        return plain(dictionary.getBytes(), dictionary.getUncompressedSize());
    }

    private byte[] plain(BytesInput body, int bytes) throws IOException {
        return array(
                codecs.getDecompressor(chunk.getCodec())
                        .decompress(body, bytes)
                        .toByteBuffer(HeapByteBufferAllocator.getInstance(), _ -> {}));
    }

    public int count() {
        return offsets.getPageCount();
    }

    /** The place of a page's first row in the row group. */
    public long firstRow(int page) {
        return offsets.getFirstRowIndex(page);
    }

    /** The place after a page's last row. */
    public long endRow(int page) {
        return offsets.getLastRowIndex(page, rows) + 1;
    }

    /** The dictionary, compressed; empty if there is none before the first data page. */
    public Optional<DictionaryPage> dictionary() throws IOException {
        long from = chunk.getStartingPos();
        long length = offsets.getOffset(0) - from;
        if (length <= 0) {
            return Optional.empty();
        }
        var in = new ByteArrayInputStream(read(from, Math.toIntExact(length)));
        PageHeader header = Util.readPageHeader(in);
        if (header.getType() != PageType.DICTIONARY_PAGE) {
            throw new IOException("expected a dictionary before the first data page");
        }
        DictionaryPageHeader dictionary = requireNonNull(header.getDictionary_page_header());
        return Optional.of(
                new DictionaryPage(
                        body(in, header),
                        header.getUncompressed_page_size(),
                        dictionary.getNum_values(),
                        encoding(dictionary.getEncoding())));
    }

    public Page page(int number) throws IOException {
        var in =
                new ByteArrayInputStream(
                        read(offsets.getOffset(number), offsets.getCompressedPageSize(number)));
        PageHeader header = Util.readPageHeader(in);
        if (header.getType() != PageType.DATA_PAGE) {
            throw new IOException(
                    "page %d is a %s, and the chunk is said to have only data pages of the first version"
                            .formatted(number, header.getType()));
        }
        DataPageHeader data = requireNonNull(header.getData_page_header());
        return new Page(
                data.getNum_values(),
                endRow(number) - firstRow(number),
                header.getUncompressed_page_size(),
                body(in, header),
                statistics(number),
                encoding(data.getRepetition_level_encoding()),
                encoding(data.getDefinition_level_encoding()),
                encoding(data.getEncoding()));
    }

    private Statistics<?> statistics(int page) {
        PrimitiveType type = chunk.getPrimitiveType();
        Statistics.Builder statistics = Statistics.getBuilderForReading(type);
        index.ifPresent(known -> {
            statistics.withNumNulls(known.getNullCounts().get(page));
            if (!known.getNullPages().get(page)) {
                statistics
                        .withMin(array(known.getMinValues().get(page)))
                        .withMax(array(known.getMaxValues().get(page)));
            }
        });
        return statistics.build();
    }

    private byte[] read(long from, int length) throws IOException {
        long start = chunk.getStartingPos();
        if (length < 0 || from < start || from > start + chunk.getTotalSize() - length) {
            throw new IOException(
                    "%d bytes at %d lie outside of their column chunk".formatted(length, from));
        }
        if (from >= heldFrom && from + length <= heldFrom + held.length) {
            int at = (int) (from - heldFrom);
            return Arrays.copyOfRange(held, at, at + length);
        }
        byte[] read = new byte[length];
        bytes.seek(from);
        bytes.readFully(read);
        return read;
    }

    private static BytesInput body(ByteArrayInputStream in, PageHeader header) throws IOException {
        byte[] body = in.readNBytes(header.getCompressed_page_size());
        if (body.length != header.getCompressed_page_size()) {
            throw new IOException("a page is longer than its place");
        }
        // It gets a new checksum, which must not cover up damage.
        if (header.isSetCrc() && header.getCrc() != crc(body)) {
            throw new IOException("a page's checksum is wrong");
        }
        return BytesInput.from(body);
    }

    private static int crc(byte[] body) {
        var crc = new CRC32();
        crc.update(body);
        return (int) crc.getValue();
    }

    private static byte[] array(ByteBuffer bytes) {
        if (bytes.hasArray()
                && bytes.arrayOffset() == 0
                && bytes.array().length == bytes.remaining()) {
            return bytes.array();
        }
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }

    private static Encoding encoding(org.apache.parquet.format.@Nullable Encoding encoding) {
        return Encoding.valueOf(requireNonNull(encoding, "a page names no encoding").name());
    }
}
