package dev.whence.query.listing;

import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Cursors as text, closed to who carries them: base64url of a format byte, the version and a place
 * in the list, sealed for the list that they were made for and for whom. One that was cut, changed,
 * or taken to another list or by somebody else is refused. It gives no right: what may be seen is
 * looked at again with each page.
 */
final class CursorText {
    /** 1 was a cursor that held an offset alone, 2 one that was not sealed. */
    private static final byte FORMAT = 3;

    private static final int HEAD_BYTES = 1 + Long.BYTES;

    /** Longest text looked at, in characters: a place in CDX order holds a path of 16 KiB. */
    private static final int LONGEST = 24 << 10;

    private CursorText() {}

    /** A cursor, taken apart. */
    record Parts(long version, ByteBuffer place) {}

    static String encode(long version, byte[] place, CursorSeal seal, String list) {
        byte[] plain =
                ByteBuffer.allocate(HEAD_BYTES + place.length)
                        .put(FORMAT)
                        .putLong(version)
                        .put(place)
                        .array();
        return text(seal.seal(plain, list));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Parts decode(String text, CursorSeal seal, String list) throws QueryException {
        if (text.length() > LONGEST) {
            throw new QueryException.InvalidCursor();
        }
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new QueryException.InvalidCursor();
        }
        // Not every text that decodes to these bytes is how they are written.
        if (!text(sealed).equals(text)) {
            throw new QueryException.InvalidCursor();
        }
        byte[] plain = seal.open(sealed, list).orElseThrow(QueryException.InvalidCursor::new);
        if (plain.length < HEAD_BYTES || plain[0] != FORMAT) {
            throw new QueryException.InvalidCursor();
        }
        long version = ByteBuffer.wrap(plain).getLong(1);
        if (version < 0) {
            throw new QueryException.InvalidCursor();
        }
        return new Parts(
                version, ByteBuffer.wrap(plain, HEAD_BYTES, plain.length - HEAD_BYTES).slice());
    }
}
