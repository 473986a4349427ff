package dev.whence.query.listing;

import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import java.nio.ByteBuffer;

/**
 * Where a list of any kind goes on: so many rows behind a place, which only the list itself can
 * read. Immutable.
 *
 * @param place an empty one is the beginning of the list; read it through {@link
 *     ByteBuffer#duplicate}
 * @param skip how many rows behind the place are passed by
 */
public record PlaceCursor(long version, ByteBuffer place, int skip) {

    /** The beginning of a list. */
    public static final ByteBuffer BEGINNING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    public PlaceCursor {
        place = place.slice().asReadOnlyBuffer();
    }

    /**
     * The text for a list.
     *
     * @param list what tells the list from any other: its question with all filters
     */
    public String encode(CursorSeal seal, String list) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + place.remaining());
        bytes.putInt(skip).put(place.duplicate());
        return CursorText.encode(version, bytes.array(), seal, list);
    }

    /** The cursor that a text for this list holds. */
    public static PlaceCursor decode(String text, CursorSeal seal, String list)
            throws QueryException {
        CursorText.Parts parts = CursorText.decode(text, seal, list);
        ByteBuffer bytes = parts.place();
        if (bytes.remaining() < Integer.BYTES) {
            throw new QueryException.InvalidCursor();
        }
        int skip = bytes.getInt();
        if (skip < 0) {
            throw new QueryException.InvalidCursor();
        }
        return new PlaceCursor(parts.version(), bytes, skip);
    }
}
