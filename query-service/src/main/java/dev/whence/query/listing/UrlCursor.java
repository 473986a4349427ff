package dev.whence.query.listing;

import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import java.nio.ByteBuffer;

/**
 * Where a list of URLs goes on: the row of the lake that comes next in one version, so that the
 * last page costs what the first one does.
 *
 * @param offset how many URLs of the list come before it
 */
public record UrlCursor(long version, RowPlace place, long offset) {
    private static final int PLACE_BYTES = 3 * Long.BYTES + Integer.BYTES;

    /** The text for a list, as {@link UrlList} names it. */
    public String encode(CursorSeal seal, UrlList list) {
        byte[] bytes =
                ByteBuffer.allocate(PLACE_BYTES)
                        .putLong(place.fileId())
                        .putInt(place.rowGroup())
                        .putLong(place.row())
                        .putLong(offset)
                        .array();
        return CursorText.encode(version, bytes, seal, list.toString());
    }

    /** The cursor that a text for this list holds. */
    public static UrlCursor decode(String text, CursorSeal seal, UrlList list)
            throws QueryException {
        CursorText.Parts parts = CursorText.decode(text, seal, list.toString());
        ByteBuffer bytes = parts.place();
        if (bytes.remaining() != PLACE_BYTES) {
            throw new QueryException.InvalidCursor();
        }
        var place = new RowPlace(bytes.getLong(), bytes.getInt(), bytes.getLong());
        var cursor = new UrlCursor(parts.version(), place, bytes.getLong());
        if (place.fileId() < 0 || place.rowGroup() < 0 || place.row() < 0 || cursor.offset < 0) {
            throw new QueryException.InvalidCursor();
        }
        return cursor;
    }
}
