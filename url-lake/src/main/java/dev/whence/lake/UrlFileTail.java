package dev.whence.lake;

import static java.util.Objects.requireNonNull;

import com.github.luben.zstd.Zstd;
import dev.whence.parquet.FooterSeal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * What a query has to know of a URL file before it fetches a page of it: footer and page indexes,
 * less what no query asks of them, so that the index can carry it. Immutable.
 *
 * <pre>
 * Tail  = a zstd frame of Plain that says its length
 * Plain = FileBytes:u64 IndexesBytes:u32 Indexes Footer      little-endian
 * </pre>
 *
 * <p>{@code Footer} is the file's {@link FileMetaData}, where the places of page indexes count from
 * the beginning of {@code Indexes}. There are none of {@code domain_id} and {@code url_id}, whose
 * pages are never read; bounds are those of {@code domain}, {@code host} and {@code scheme} alone,
 * as a page of another column is read whatever its bounds are. The seal is left out: whoever
 * carries a tail guards it.
 */
final class UrlFileTail {
    /** One that is larger is not made, and not opened. */
    private static final int LARGEST_PLAIN_BYTES = 64 << 20;

    static final int LARGEST_BYTES = 8 << 20;
    private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;
    private static final int ZSTD_LEVEL = 9;

    private static final Set<String> BOUNDED =
            Set.of(UrlSchema.DOMAIN, UrlSchema.HOST, UrlSchema.SCHEME);

    private static final Set<String> REPEATED =
            Set.of(UrlSchema.EXTRAS_KEY, UrlSchema.EXTRAS_VALUE);

    private final FileFooter footer;
    private final byte[] indexes;

    private UrlFileTail(FileFooter footer, byte[] indexes) {
        this.footer = footer;
        this.indexes = indexes;
    }

    FileFooter footer() {
        return footer;
    }

    /** The bytes of its page indexes. */
    byte[] indexes() {
        return indexes;
    }

    /** Whether pages of a column are read by queries, and thus its page indexes are there. */
    static boolean isIndexed(String column) {
        return !column.equals(UrlSchema.DOMAIN_ID) && !column.equals(UrlSchema.URL_ID);
    }

    /**
     * The tail of a file, empty if it would be larger than any reader takes.
     *
     * @param indexes the bytes of all page indexes of the file, checked
     */
    static Optional<byte[]> encode(long fileBytes, FileFooter footer, byte[] indexes)
            throws IOException {
        byte[] plain = plain(fileBytes, footer, indexes);
        if (plain.length > LARGEST_PLAIN_BYTES) {
            return Optional.empty();
        }
        byte[] tail = Zstd.compress(plain, ZSTD_LEVEL);
        return tail.length > LARGEST_BYTES ? Optional.empty() : Optional.of(tail);
    }

    /** Whether these are the bytes of the file's tail, however they are compressed. */
    static boolean isOf(String key, byte[] tail, long fileBytes, FileFooter footer, byte[] indexes)
            throws IOException {
        return Arrays.equals(decompress(key, tail), plain(fileBytes, footer, indexes));
    }

    /**
     * @param fileBytes the object's length
     * @throws CorruptUrlFileException if it is no tail, or that of another file
     */
    static UrlFileTail decode(String key, long fileBytes, byte[] tail)
            throws CorruptUrlFileException {
        ByteBuffer plain = ByteBuffer.wrap(decompress(key, tail)).order(ByteOrder.LITTLE_ENDIAN);
        long told = plain.getLong();
        if (told != fileBytes) {
            throw corrupt(
                    key,
                    "is of a file of %d bytes, not of one of %d".formatted(told, fileBytes),
                    null);
        }
        int indexesBytes = plain.getInt();
        if (indexesBytes < 0 || indexesBytes > plain.remaining()) {
            throw corrupt(
                    key,
                    "has page indexes of %d bytes in %d".formatted(indexesBytes, plain.remaining()),
                    null);
        }
        byte[] indexes = new byte[indexesBytes];
        plain.get(indexes);
        byte[] footer = new byte[plain.remaining()];
        plain.get(footer);
        try {
            return new UrlFileTail(FileFooter.ofTail(key, footer), indexes);
        } catch (RuntimeException e) {
            throw corrupt(key, "lacks a part of the footer", e);
        }
    }

    private static byte[] decompress(String key, byte[] tail) throws CorruptUrlFileException {
        long bytes = tail.length == 0 ? 0 : Zstd.getFrameContentSize(tail);
        if (bytes < HEAD_BYTES || bytes > LARGEST_PLAIN_BYTES) {
            throw corrupt(
                    key,
                    "says to have %d bytes, expected %d to %d"
                            .formatted(bytes, HEAD_BYTES, LARGEST_PLAIN_BYTES),
                    null);
        }
        try {
            return Zstd.decompress(tail, (int) bytes);
        } catch (RuntimeException e) {
            throw corrupt(key, "cannot be decompressed", e);
        }
    }

    private static byte[] plain(long fileBytes, FileFooter footer, byte[] indexes)
            throws IOException {
        var metadata = new FileMetaData(footer.metadata());
        metadata.unsetCreated_by();
        metadata.unsetColumn_orders();
        requireNonNull(metadata.getKey_value_metadata()).removeIf(FooterSeal::isSeal);
        var kept = new ByteArrayOutputStream();
        long offset = FooterSeal.indexes(footer.metadata()).offset();
        for (RowGroup rowGroup : requireNonNull(metadata.getRow_groups())) {
            rowGroup.unsetSorting_columns();
            for (ColumnChunk chunk : requireNonNull(rowGroup.getColumns())) {
                lean(chunk, indexes, offset, kept);
            }
        }
        var trailer = new ByteArrayOutputStream();
        Util.writeFileMetaData(metadata, trailer);
        return ByteBuffer.allocate(HEAD_BYTES + kept.size() + trailer.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(fileBytes)
                .putInt(kept.size())
                .put(kept.toByteArray())
                .put(trailer.toByteArray())
                .array();
    }

    /** Leaves of a chunk what queries ask, and moves its page indexes to those that are kept. */
    private static void lean(
            ColumnChunk chunk, byte[] indexes, long offset, ByteArrayOutputStream kept)
            throws IOException {
        ColumnMetaData column = requireNonNull(chunk.getMeta_data());
        String name = String.join(".", requireNonNull(column.getPath_in_schema()));
        if (!name.equals(UrlSchema.DOMAIN)) {
            column.unsetStatistics();
        }
        column.unsetEncoding_stats();
        column.unsetSize_statistics();
        column.unsetBloom_filter_offset();
        column.unsetBloom_filter_length();
        if (!isIndexed(name)) {
            chunk.unsetColumn_index_offset();
            chunk.unsetColumn_index_length();
            chunk.unsetOffset_index_offset();
            chunk.unsetOffset_index_length();
            return;
        }
        int from = (int) (chunk.getOffset_index_offset() - offset);
        chunk.setOffset_index_offset(kept.size());
        kept.write(indexes, from, chunk.getOffset_index_length());
        from = (int) (chunk.getColumn_index_offset() - offset);
        ColumnIndex bounds =
                Util.readColumnIndex(
                        new ByteArrayInputStream(indexes, from, chunk.getColumn_index_length()));
        chunk.setColumn_index_offset(kept.size());
        Util.writeColumnIndex(lean(name, bounds), kept);
        chunk.setColumn_index_length((int) (kept.size() - chunk.getColumn_index_offset()));
    }

    private static ColumnIndex lean(String column, ColumnIndex index) {
        index.unsetNull_counts();
        index.unsetRepetition_level_histograms();
        if (!REPEATED.contains(column)) {
            index.unsetDefinition_level_histograms();
        }
        if (!BOUNDED.contains(column)) {
            int pages = requireNonNull(index.getNull_pages()).size();
            List<ByteBuffer> none = Collections.nCopies(pages, ByteBuffer.allocate(0));
            index.setMin_values(none);
            index.setMax_values(none);
        }
        return index;
    }

    private static CorruptUrlFileException corrupt(
            String key, String problem, @Nullable Throwable cause) {
        return new CorruptUrlFileException(
                key, "its tail in the index %s".formatted(problem), cause);
    }
}
