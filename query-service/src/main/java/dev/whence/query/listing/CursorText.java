package dev.whence.query.listing;

import dev.whence.query.QueryException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Cursors as text, opaque to who carries them: base64url of a format byte, the version, a place in
 * the list, and a CRC32C over those and over the list that it was made for, so that a cursor which
 * was cut, changed or taken to another list is refused. It is no secret and no signature: what may
 * be seen is looked at again with each page.
 */
final class CursorText {
    /** 1 was a cursor that held an offset alone. */
    private static final byte FORMAT = 2;

    private static final int HEAD_BYTES = 1 + Long.BYTES;
    private static final int CHECK_BYTES = Integer.BYTES;

    /** Longest text looked at, in characters: a place in CDX order holds a path of 16 KiB. */
    private static final int LONGEST = 24 << 10;

    private CursorText() {}

    /** A cursor, taken apart. */
    record Parts(long version, ByteBuffer place) {}

    static String encode(long version, byte[] place, String list) {
        byte[] bytes =
                ByteBuffer.allocate(HEAD_BYTES + place.length + CHECK_BYTES)
                        .put(FORMAT)
                        .putLong(version)
                        .put(place)
                        .array();
        int end = bytes.length - CHECK_BYTES;
        ByteBuffer.wrap(bytes).putInt(end, check(bytes, end, list));
        return text(bytes);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Parts decode(String text, String list) throws QueryException {
        if (text.length() > LONGEST) {
            throw new QueryException.InvalidCursor();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new QueryException.InvalidCursor();
        }
        int end = bytes.length - CHECK_BYTES;
        // Not every text that decodes to these bytes is how they are written.
        if (end < HEAD_BYTES
                || !text(bytes).equals(text)
                || bytes[0] != FORMAT
                || ByteBuffer.wrap(bytes).getInt(end) != check(bytes, end, list)) {
            throw new QueryException.InvalidCursor();
        }
        long version = ByteBuffer.wrap(bytes).getLong(1);
        if (version < 0) {
            throw new QueryException.InvalidCursor();
        }
        return new Parts(version, ByteBuffer.wrap(bytes, HEAD_BYTES, end - HEAD_BYTES).slice());
    }

    private static int check(byte[] bytes, int end, String list) {
        var crc = new CRC32C();
        crc.update(bytes, 0, end);
        crc.update(list.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
