package dev.whence.query.listing;

import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Cursors as text, closed to who carries them: base64url of a format byte, the version and a place
 * in the list, sealed for the list that they were made for and for whom. One that was cut, changed,
 * or taken to another list or by somebody else is refused. It gives no right: what may be seen is
 * looked at again with each page.
 */
final class CursorText {
    /**
     * 1 was a cursor that held an offset alone, 2 one that was not sealed. It comes first and open:
     * so no text begins with a dash, which a CSV file would have to take for a formula.
     */
    private static final byte FORMAT = 3;

    /** Longest text looked at, in characters: a place in CDX order holds a path of 16 KiB. */
    private static final int LONGEST = 24 << 10;

    private CursorText() {}

    /** A cursor, taken apart. */
    record Parts(long version, ByteBuffer place) {}

    static String encode(long version, byte[] place, CursorSeal seal, String list) {
        byte[] plain =
                ByteBuffer.allocate(Long.BYTES + place.length).putLong(version).put(place).array();
        byte[] sealed = seal.seal(plain, list);
        return text(ByteBuffer.allocate(1 + sealed.length).put(FORMAT).put(sealed).array());
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Parts decode(String text, CursorSeal seal, String list) throws QueryException {
        if (text.length() > LONGEST) {
            throw new QueryException.InvalidCursor();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new QueryException.InvalidCursor();
        }
        // Not every text that decodes to these bytes is how they are written.
        if (bytes.length == 0 || bytes[0] != FORMAT || !text(bytes).equals(text)) {
            throw new QueryException.InvalidCursor();
        }
        byte[] plain =
                seal.open(Arrays.copyOfRange(bytes, 1, bytes.length), list)
                        .orElseThrow(QueryException.InvalidCursor::new);
        if (plain.length < Long.BYTES) {
            throw new QueryException.InvalidCursor();
        }
        ByteBuffer parts = ByteBuffer.wrap(plain);
        long version = parts.getLong();
        if (version < 0) {
            throw new QueryException.InvalidCursor();
        }
        return new Parts(version, parts.slice());
    }
}
