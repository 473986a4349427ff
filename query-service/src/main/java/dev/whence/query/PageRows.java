package dev.whence.query;

import dev.whence.lake.UrlRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rows of a page as they come in, and how many to read next so that they fit: a page ends when
 * it has the rows that it should, or with the row that brings its texts to {@link
 * #MOST_TEXT_BYTES}. Not thread-safe.
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

    private final int wanted;
    private final List<UrlRow> rows;
    private long textBytes;

    PageRows(int wanted) {
        this.wanted = wanted;
        this.rows = new ArrayList<>(Math.min(wanted, FIRST));
    }

    List<UrlRow> rows() {
        return rows;
    }

    boolean isFull() {
        return rows.size() == wanted || textBytes >= MOST_TEXT_BYTES;
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
        long fitting = FIRST;
        if (!rows.isEmpty()) {
            long each = Math.max(1, textBytes / rows.size());
            fitting = Math.clamp((MOST_TEXT_BYTES - textBytes) / each + 1, 1, MOST_AT_ONCE);
        }
        return (int) Math.min(Math.min(available, left()), fitting);
    }

    void add(List<UrlRow> read) {
        for (UrlRow row : read) {
            if (isFull()) {
                return;
            }
            rows.add(row);
            textBytes += textBytes(row);
        }
    }

    private static long textBytes(UrlRow row) {
        long bytes = SCHEME_BYTES + row.host().length() + row.pathQuery().length();
        for (Map.Entry<String, String> extra : row.extras().entrySet()) {
            bytes += extra.getKey().length() + extra.getValue().length();
        }
        return bytes;
    }
}
