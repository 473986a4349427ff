package dev.whence.query.listing;

import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import java.nio.charset.StandardCharsets;

/**
 * Where a list of names, of domains or hosts, goes on: behind the last one that was told.
 *
 * @param after a name in ASCII
 */
public record NameCursor(long version, String after) {
    private static final int LONGEST_NAME = 300;

    /**
     * The text for a list.
     *
     * @param list what tells the list from any other: its question with all filters
     */
    public String encode(CursorSeal seal, String list) {
        return CursorText.encode(version, after.getBytes(StandardCharsets.US_ASCII), seal, list);
    }

    /** The cursor that a text for this list holds. */
    public static NameCursor decode(String text, CursorSeal seal, String list)
            throws QueryException {
        CursorText.Parts parts = CursorText.decode(text, seal, list);
        byte[] name = new byte[parts.place().remaining()];
        parts.place().get(name);
        if (name.length == 0 || name.length > LONGEST_NAME) {
            throw new QueryException.InvalidCursor();
        }
        for (byte character : name) {
            if (character < 0) {
                throw new QueryException.InvalidCursor();
            }
        }
        return new NameCursor(parts.version(), new String(name, StandardCharsets.US_ASCII));
    }
}
