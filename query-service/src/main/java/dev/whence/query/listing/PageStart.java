package dev.whence.query.listing;

import org.jspecify.annotations.Nullable;

/**
 * Where a page begins.
 *
 * @param place the row to go on at; null to count from the beginning of the list
 * @param offset how many URLs come before it
 */
public record PageStart(@Nullable RowPlace place, long offset) {

    /** Behind so many. */
    public static PageStart at(long offset) {
        return new PageStart(null, offset);
    }

    /** Where a cursor says. */
    public static PageStart at(UrlCursor cursor) {
        return new PageStart(cursor.place(), cursor.offset());
    }
}
