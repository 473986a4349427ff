package dev.whence.lake;

/** Rows {@code [first, first + rows)} of a row group. */
public record RowRange(long first, long rows) {
    public static final RowRange EMPTY = new RowRange(0, 0);
}
