package dev.whence.query.rest;

import dev.whence.query.view.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags: an answer to one address depends on the version, the access rules and the principal
 * alone (RFC 9110, section 8.8.3). The version's writer tells it from one of the same number in
 * another store. They are weak, since compressed and plain answers, which differ in their bytes,
 * share one.
 */
final class EntityTags {
    /** Grows when the same version would be told in other JSON. */
    private static final int REPRESENTATION = 2;

    private static final String WEAK = "W/";

    private EntityTags() {}

    static String of(Stamp stamp) {
        return WEAK
                + "\"%d-%s-%d-%s-%d\""
                        .formatted(
                                stamp.version(),
                                stamp.writer(),
                                stamp.rules(),
                                stamp.principal(),
                                REPRESENTATION);
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
