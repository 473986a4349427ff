package dev.whence.query.listing;

import dev.whence.lake.UrlRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Some of the URLs of a list.
 *
 * @param rows in the list's order
 * @param offset how many of the list come before them
 * @param total how many the list has; empty where a filter leaves that open
 * @param next where the next page begins; empty at the end, and only there
 */
public record UrlPage(List<UrlRow> rows, long offset, OptionalLong total, Optional<RowPlace> next) {

    /** How many of the list come before the next page. */
    public long end() {
        return offset + rows.size();
    }

    public boolean isLast() {
        return next.isEmpty();
    }
}
