package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.view.View;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags (RFC 9110, section 8.8.3): the mark of the view that an answer to one address was
 * made from. They are weak, since compressed and plain answers, which differ in their bytes, share
 * one.
 */
final class EntityTags {
    /** Grows when the same version would be told in other JSON. */
    private static final int REPRESENTATION = 3;

    private static final String WEAK = "W/";

    private EntityTags() {}

    static String of(View view) throws QueryException, IOException {
        return WEAK + "\"" + view.tag() + "-" + REPRESENTATION + "\"";
    }

    /** Whether an If-None-Match header names the tag, by the weak comparison. */
    static boolean matches(@Nullable String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String candidate : ifNoneMatch.split(",", -1)) {
            String stripped = candidate.strip();
            if (stripped.equals("*") || opaque(stripped).equals(opaque(tag))) {
                return true;
            }
        }
        return false;
    }

    private static String opaque(String tag) {
        return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
    }
}
