package dev.whence.source;

import java.util.function.Supplier;

/**
 * Rows that have no URL: a null, a blank, a {@code -} of CDX, an object without the field.
 *
 * @param first where the first of them stands; empty if there is none
 */
public record Skipped(long rows, String first) {
    public static final Skipped NONE = new Skipped(0, "");

    /** These and those of a source that was read after them, with its name. */
    public Skipped and(String source, Skipped later) {
        return rows > 0 || later.rows == 0
                ? new Skipped(rows + later.rows, first)
                : new Skipped(later.rows, source + ": " + later.first);
    }

    Skipped and(Supplier<String> place) {
        return new Skipped(rows + 1, rows == 0 ? place.get() : first);
    }
}
