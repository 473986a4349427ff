package dev.whence.cli.export;

import org.jspecify.annotations.Nullable;

/**
 * What the end of a whole file says.
 *
 * @param rows before it
 * @param version of the index that the rows are from
 * @param nextCursor where the list goes on if a limit cut it
 */
record ListEnd(long rows, long version, @Nullable String nextCursor) {}
