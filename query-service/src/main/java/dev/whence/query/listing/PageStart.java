package dev.whence.query.listing;

import dev.whence.query.QueryException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins.
 *
 * @param place the row to go on at; null to count from the beginning of the list
 * @param offset how many URLs come before it
 */
public record PageStart(@Nullable RowPlace place, long offset) {
    private static final int BYTES = 3 * Long.BYTES + Integer.BYTES;

    /** Behind so many. */
    public static PageStart at(long offset) {
        return new PageStart(null, offset);
    }

    /** Where a cursor says. */
    public static PageStart at(UrlCursor cursor) {
        return new PageStart(cursor.place(), cursor.offset());
    }

    /** Where {@link #bytes} of another one say; no bytes are the beginning. */
    public static PageStart of(ByteBuffer bytes) throws QueryException {
        ByteBuffer rest = bytes.duplicate();
        if (!rest.hasRemaining()) {
            return at(0);
        }
        if (rest.remaining() != BYTES) {
            throw new QueryException.InvalidCursor();
        }
        var place = new RowPlace(rest.getLong(), rest.getInt(), rest.getLong());
        long offset = rest.getLong();
        if (place.fileId() < 0 || place.rowGroup() < 0 || place.row() < 0 || offset < 0) {
            throw new QueryException.InvalidCursor();
        }
        return new PageStart(place, offset);
    }

    /** A start at a place, for cursors. */
    public ByteBuffer bytes() {
        RowPlace at = Objects.requireNonNull(place);
        return ByteBuffer.allocate(BYTES)
                .putLong(at.fileId())
                .putInt(at.rowGroup())
                .putLong(at.row())
                .putLong(offset)
                .flip();
    }
}
