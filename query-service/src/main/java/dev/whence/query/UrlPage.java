package dev.whence.query;

import dev.whence.lake.UrlRow;
import java.util.List;

/**
 * Some of the URLs that a dataset holds of a domain.
 *
 * @param rows those from {@code offset} on, in the list's order
 * @param offset how many come before them
 * @param total how many there are in all
 */
public record UrlPage(List<UrlRow> rows, long offset, long total) {

    /** Where the next page begins; {@code total} or more if there is none. */
    public long end() {
        return offset + rows.size();
    }

    public boolean isLast() {
        return end() >= total;
    }
}
