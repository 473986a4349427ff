package dev.whence.query.cdx;

import dev.whence.query.QueryException;
import dev.whence.query.listing.PlaceCursor;
import dev.whence.query.view.View;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A row in the order of CDX: in each version, one.
 *
 * @param hostKey the SURT of its host
 * @param path its path and query
 * @param number how many rows of its key come before it
 */
public record CdxPlace(String hostKey, String path, int number) {
    private static final char BETWEEN = '\0';

    /** The text of a resume key. */
    String encode(View view, CdxQuestion question) {
        byte[] bytes = (hostKey + BETWEEN + path).getBytes(StandardCharsets.ISO_8859_1);
        return new PlaceCursor(view.number(), ByteBuffer.wrap(bytes), number)
                .encode(view.seal(), question.identity());
    }

    /** The place that a resume key of a question holds. */
    static CdxPlace of(PlaceCursor cursor) throws QueryException {
        byte[] bytes = new byte[cursor.place().remaining()];
        cursor.place().duplicate().get(bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int between = text.indexOf(BETWEEN);
        if (between < 0) {
            throw new QueryException.InvalidCursor();
        }
        return new CdxPlace(text.substring(0, between), text.substring(between + 1), cursor.skip());
    }
}
