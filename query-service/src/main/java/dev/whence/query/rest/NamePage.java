package dev.whence.query.rest;

import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import dev.whence.query.listing.NameCursor;
import dev.whence.query.view.View;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list of names is asked for.
 *
 * @param version of which version; empty for the newest
 * @param after behind which name it begins; empty for the first
 */
public record NamePage(OptionalLong version, String after) {

    /** By the cursor, or else the first page of a version. */
    public static NamePage of(
            @Nullable String cursor, @Nullable String version, CursorSeal seal, String list)
            throws QueryException {
        if (cursor == null) {
            return new NamePage(Parameters.version(version), "");
        }
        Parameters.refuseVersionBesideCursor(version);
        NameCursor place = NameCursor.decode(cursor, seal, list);
        return new NamePage(OptionalLong.of(place.version()), place.after());
    }

    /** The cursor of the page that begins behind a name; null for none. */
    public static @Nullable String next(View view, Optional<String> after, String list) {
        return after.map(name -> new NameCursor(view.number(), name).encode(view.seal(), list))
                .orElse(null);
    }
}
