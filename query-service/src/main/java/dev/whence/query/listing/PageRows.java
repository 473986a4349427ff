package dev.whence.query.listing;

import dev.whence.lake.UrlRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rows of a page as they come in, and how many to read next so that they fit: a page ends when
 * it has the rows that it should, with the row that brings its texts to {@link #MOST_TEXT_BYTES},
 * or when a filter has had its looks. Not thread-safe.
 *
 * <p>How long the next rows are is not known before they are read. It is guessed from those before;
 * a guess that fails costs what {@link #MOST_AT_ONCE} rows take, and only for a moment: what is
 * beyond the page is let go.
 */
final class PageRows {
    /** Text that a page holds, in bytes: URLs, and extras, which are read with them. */
    static final long MOST_TEXT_BYTES = 8L << 20;

    /** A page by default; even of the longest URLs these are 16 MiB. */
    private static final int FIRST = 1_000;

    /** As many as a page of the file holds, which is decoded whole whatever is wanted of it. */
    private static final int MOST_AT_ONCE = 4_000;

    private static final long SCHEME_BYTES = 8;

    /** So many rows are looked at for a page of those that a filter takes. */
    static final int MOST_LOOKS = 100_000;

    private final int wanted;
    private final UrlFilter filter;
    private final List<UrlRow> rows;
    private long textBytes;
    private int looks;

    PageRows(int wanted, UrlFilter filter) {
        this.wanted = wanted;
        this.filter = filter;
        this.rows = new ArrayList<>(Math.min(wanted, FIRST));
    }

    List<UrlRow> rows() {
        return rows;
    }

    boolean isFull() {
        return rows.size() == wanted
                || textBytes >= MOST_TEXT_BYTES
                || (looks >= MOST_LOOKS && filter.looksAtRows());
    }

    /** Whether it is full of text and lacks rows. */
    boolean endedEarly() {
        return rows.size() < wanted && textBytes >= MOST_TEXT_BYTES;
    }

    /** How many rows it lacks. */
    int left() {
        return wanted - rows.size();
    }

    /** How many rows to read next of so many that are there; at least one. */
    int next(long available) {
        if (filter.looksAtRows()) {
            return (int) Math.min(available, FIRST);
        }
        long fitting = FIRST;
        if (!rows.isEmpty()) {
            long each = Math.max(1, textBytes / rows.size());
            fitting = Math.clamp((MOST_TEXT_BYTES - textBytes) / each + 1, 1, MOST_AT_ONCE);
        }
        return (int) Math.min(Math.min(available, left()), fitting);
    }

    /** Takes of rows that were read what is wanted until it is full; how many it looked at. */
    int add(List<UrlRow> read) {
        int looked = 0;
        while (looked < read.size() && !isFull()) {
            UrlRow row = read.get(looked++);
            looks++;
            if (filter.takes(row)) {
                rows.add(row);
                textBytes += textBytes(row);
            }
        }
        return looked;
    }

    private static long textBytes(UrlRow row) {
        long bytes = SCHEME_BYTES + row.host().length() + row.pathQuery().length();
        for (Map.Entry<String, String> extra : row.extras().entrySet()) {
            bytes += extra.getKey().length() + extra.getValue().length();
        }
        return bytes;
    }
}
