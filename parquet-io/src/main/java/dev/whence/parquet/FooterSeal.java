package dev.whence.parquet;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SortingColumn;
import org.apache.parquet.format.Util;

/**
 * Checksums of what Parquet leaves unprotected. Pages have a CRC, but the footer and the page
 * indexes have none, and one flipped bit in a bound or an offset gives wrong rows silently. Two
 * keys of the footer's key-value metadata hold, as eight hex digits, the CRC32C of all page indexes
 * and that of the footer itself (computed with zeros in the place of these digits). Any Parquet
 * reader reads a sealed file; one that copies the keys into a file of its own makes a broken seal,
 * so a rewriter must leave them out or seal again.
 */
public final class FooterSeal {
    public static final String INDEXES_KEY = "whence.indexes.crc32c";
    public static final String FOOTER_KEY = "whence.footer.crc32c";

    /** Length of the footer and the magic bytes, at the end of every Parquet file. */
    public static final int TRAILER_BYTES = 8;

    private static final int DIGITS = 8;
    private static final String UNSEALED = "0".repeat(DIGITS);
    private static final HexFormat HEX = HexFormat.of();

    private FooterSeal() {}

    /** Bytes {@code [offset, offset + bytes)} of a file. */
    public record Region(long offset, long bytes) {}

    /**
     * The tail of a Parquet file with its footer sealed.
     *
     * @param tail the file from the first page index (or before it) to the end
     * @param tailOffset where the tail begins in the file
     * @param sortedBy indexes of the leaf columns that each row group is sorted by, ascending, to
     *     be noted in the footer
     */
    public static byte[] seal(byte[] tail, long tailOffset, List<Integer> sortedBy)
            throws IOException {
        int footerEnd = tail.length - TRAILER_BYTES;
        int footerStart =
                footerEnd - ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(footerEnd);
        FileMetaData footer =
                Util.readFileMetaData(
                        new ByteArrayInputStream(tail, footerStart, footerEnd - footerStart));
        for (RowGroup rowGroup : requireNonNull(footer.getRow_groups())) {
            rowGroup.setSorting_columns(
                    sortedBy.stream()
                            .map(column -> new SortingColumn(column, false, false))
                            .toList());
        }
        Region indexes = indexes(footer);
        int indexStart = Math.toIntExact(indexes.offset() - tailOffset);
        footer.addToKey_value_metadata(
                entry(INDEXES_KEY, hex(crc(tail, indexStart, Math.toIntExact(indexes.bytes())))));
        footer.addToKey_value_metadata(entry(FOOTER_KEY, UNSEALED));

        ByteArrayOutputStream out = new ByteArrayOutputStream(tail.length + 1024);
        Util.writeFileMetaData(footer, out);
        byte[] footerBytes = out.toByteArray();
        int digits = digits(footerBytes);
        byte[] seal =
                hex(crc(footerBytes, 0, footerBytes.length)).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(seal, 0, footerBytes, digits, DIGITS);

        return ByteBuffer.allocate(footerStart + footerBytes.length + TRAILER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(tail, 0, footerStart)
                .put(footerBytes)
                .putInt(footerBytes.length)
                .put(tail, tail.length - 4, 4)
                .array();
    }

    /** How a footer's seal is. */
    public enum State {
        INTACT,
        BROKEN,
        ABSENT
    }

    /** Checks the seal of a footer (without its trailer), before anything is parsed. */
    public static State check(byte[] footer) {
        int digits = digits(footer);
        if (digits < 0) {
            return State.ABSENT;
        }
        byte[] unsealed = footer.clone();
        Arrays.fill(unsealed, digits, digits + DIGITS, (byte) '0');
        String seal = new String(footer, digits, DIGITS, StandardCharsets.US_ASCII);
        return seal.equals(hex(crc(unsealed, 0, unsealed.length))) ? State.INTACT : State.BROKEN;
    }

    /** Whether an entry of the metadata is one of the seal's two. */
    public static boolean isSeal(KeyValue entry) {
        return INDEXES_KEY.equals(entry.getKey()) || FOOTER_KEY.equals(entry.getKey());
    }

    /** Whether these are the bytes of the page indexes that the footer's seal covers. */
    public static boolean covers(FileMetaData footer, byte[] indexes) {
        String found = hex(crc(indexes, 0, indexes.length));
        return requireNonNull(footer.getKey_value_metadata()).stream()
                .anyMatch(entry ->
                        INDEXES_KEY.equals(entry.getKey()) && found.equals(entry.getValue()));
    }

    /** The region of a file that holds all its page indexes, empty if it has none. */
    public static Region indexes(FileMetaData footer) {
        long from = Long.MAX_VALUE;
        long to = 0;
        for (RowGroup rowGroup : requireNonNull(footer.getRow_groups())) {
            for (ColumnChunk chunk : requireNonNull(rowGroup.getColumns())) {
                if (chunk.isSetColumn_index_offset()) {
                    from = Math.min(from, chunk.getColumn_index_offset());
                    to =
                            Math.max(
                                    to,
                                    chunk.getColumn_index_offset()
                                            + chunk.getColumn_index_length());
                }
                if (chunk.isSetOffset_index_offset()) {
                    from = Math.min(from, chunk.getOffset_index_offset());
                    to =
                            Math.max(
                                    to,
                                    chunk.getOffset_index_offset()
                                            + chunk.getOffset_index_length());
                }
            }
        }
        return to == 0 ? new Region(0, 0) : new Region(from, to - from);
    }

    /**
     * Where the footer's own digits stand, or -1. In Thrift's compact protocol the value follows
     * its key as one byte of field header and one of length.
     */
    private static int digits(byte[] footer) {
        byte[] key = FOOTER_KEY.getBytes(StandardCharsets.US_ASCII);
        for (int at = footer.length - key.length - 2 - DIGITS; at >= 0; at--) {
            int value = at + key.length + 2;
            if (footer[value - 1] == DIGITS
                    && Arrays.equals(footer, at, at + key.length, key, 0, key.length)) {
                return value;
            }
        }
        return -1;
    }

    private static KeyValue entry(String key, String value) {
        KeyValue entry = new KeyValue(key);
        entry.setValue(value);
        return entry;
    }

    private static String hex(int crc) {
        return HEX.toHexDigits(crc);
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
