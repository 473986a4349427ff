package dev.whence.query;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Where a list of URLs goes on: a position in the answer of one version, whose order never changes.
 * As text it is opaque: base64url of a format byte, the version, the offset and a CRC32C over those
 * and over the domain and dataset that it was made for, so that a cursor which was cut, changed or
 * taken to another list is refused.
 */
public record PageCursor(long version, long offset) {
    private static final byte FORMAT = 1;
    private static final int BYTES = 1 + 8 + 8 + 4;
    private static final int TEXT_LENGTH = BYTES * 4 / 3;

    /** The text for a list. */
    public String encode(String domain, int datasetId) {
        byte[] bytes =
                ByteBuffer.allocate(BYTES)
                        .put(FORMAT)
                        .putLong(version)
                        .putLong(offset)
                        .putInt(check(domain, datasetId))
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The cursor that a text for this list holds. */
    public static PageCursor decode(String text, String domain, int datasetId)
            throws QueryException {
        if (text.length() != TEXT_LENGTH) {
            throw new QueryException.InvalidCursor();
        }
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new QueryException.InvalidCursor();
        }
        if (bytes.remaining() != BYTES) {
            throw new QueryException.InvalidCursor();
        }
        byte format = bytes.get();
        var cursor = new PageCursor(bytes.getLong(), bytes.getLong());
        if (format != FORMAT
                || bytes.getInt() != cursor.check(domain, datasetId)
                || cursor.version < 0
                || cursor.offset < 0) {
            throw new QueryException.InvalidCursor();
        }
        return cursor;
    }

    private int check(String domain, int datasetId) {
        var crc = new CRC32C();
        crc.update(
                ByteBuffer.allocate(21)
                        .put(FORMAT)
                        .putLong(version)
                        .putLong(offset)
                        .putInt(datasetId)
                        .flip());
        crc.update(domain.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
