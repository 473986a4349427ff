package dev.whence.lake;

import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * Opens a page: checks its CRC, and its header, which no CRC covers, against what the sealed
 * indexes and the page itself say, then decompresses it.
 */
final class PageBytes {
    /**
     * A page that says to be larger is not decompressed. Our writer's are about 1 MiB at most, and
     * a few large rows more.
     */
    static final int LARGEST_BYTES = 32 << 20;

    private PageBytes() {}

    /**
     * The plain bytes of a data page.
     *
     * @param values how many values the indexes say it holds
     */
    static ByteBuffer data(ByteBuffer page, int values, Encoding encoding) throws IOException {
        ByteBuffer rest = page.duplicate();
        PageHeader header = header(rest, PageType.DATA_PAGE);
        DataPageHeader data = requireNonNull(header.getData_page_header());
        expect("values", values, data.getNum_values());
        expect("encoding", encoding, data.getEncoding());
        return ByteBuffer.wrap(open(header, rest));
    }

    /** The entries of a dictionary page. */
    static TextDictionary dictionary(ByteBuffer page) throws IOException {
        ByteBuffer rest = page.duplicate();
        PageHeader header = header(rest, PageType.DICTIONARY_PAGE);
        DictionaryPageHeader dictionary = requireNonNull(header.getDictionary_page_header());
        return TextDictionary.of(open(header, rest), dictionary.getNum_values());
    }

    private static PageHeader header(ByteBuffer page, PageType type) throws IOException {
        InputStream in = ByteBufferInputStream.wrap(page);
        PageHeader header = read(in);
        expect("type", type, header.getType());
        boolean whole =
                switch (type) {
                    case DATA_PAGE -> header.isSetData_page_header();
                    case DICTIONARY_PAGE -> header.isSetDictionary_page_header();
                    case INDEX_PAGE, DATA_PAGE_V2 -> false;
                };
        if (!whole || !header.isSetCrc()) {
            throw new IOException("the page's header is not whole");
        }
        page.position(page.limit() - in.available());
        return header;
    }

    private static PageHeader read(InputStream in) throws IOException {
        try {
            return Util.readPageHeader(in);
        } catch (RuntimeException e) {
            // No checksum guards a header, and its reader throws what comes on impossible sizes.
            throw new IOException("the page's header cannot be read", e);
        }
    }

    private static byte[] open(PageHeader header, ByteBuffer compressed) throws IOException {
        expect("compressed bytes", compressed.remaining(), header.getCompressed_page_size());
        CRC32 crc = new CRC32();
        crc.update(compressed.duplicate());
        expect("CRC", (int) crc.getValue(), header.getCrc());
        byte[] frame = new byte[compressed.remaining()];
        compressed.get(frame);
        long bytes = Zstd.getFrameContentSize(frame);
        expect("bytes", bytes, (long) header.getUncompressed_page_size());
        if (bytes > LARGEST_BYTES) {
            throw new IOException(
                    "%d bytes, a page has at most %d".formatted(bytes, LARGEST_BYTES));
        }
        return Zstd.decompress(frame, Math.toIntExact(bytes));
    }

    private static void expect(String what, Object expected, @Nullable Object found)
            throws IOException {
        if (!expected.equals(found)) {
            throw new IOException(
                    "the page's header says %s %s, expected %s".formatted(what, found, expected));
        }
    }
}
