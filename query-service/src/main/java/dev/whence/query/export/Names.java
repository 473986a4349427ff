package dev.whence.query.export;

import dev.whence.query.QueryException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Places in lists of names: the name behind which the next part begins. */
final class Names {
    /** As many as a part of a list of names has. */
    static final int PART_ROWS = 1_000;

    private static final int LONGEST = 300;

    private Names() {}

    /** The name that a place holds; empty for the beginning. */
    static String after(ByteBuffer place) throws QueryException {
        byte[] bytes = new byte[place.remaining()];
        place.duplicate().get(bytes);
        for (byte character : bytes) {
            if (character < 0 || bytes.length > LONGEST) {
                throw new QueryException.InvalidCursor();
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    static Optional<ByteBuffer> next(Optional<String> name) {
        return name.map(each -> ByteBuffer.wrap(each.getBytes(StandardCharsets.US_ASCII)));
    }
}
