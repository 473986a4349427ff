package dev.whence.query.export;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows in one format, in bounded memory. Closing gives memory up and writes nothing: what
 * was not ended is no whole file. Not thread-safe.
 */
interface RowWriter extends AutoCloseable {

    /**
     * How an export ends.
     *
     * @param rows how many it has
     * @param version of which version
     * @param nextCursor where the list goes on, if a limit ended it; null if it is at its end
     */
    record End(long rows, long version, @Nullable String nextCursor) {}

    /** Writes a row, with a value for every column. */
    void write(@Nullable Object[] row) throws IOException;

    /** Writes what only a whole file has. */
    void end(End end) throws IOException;

    @Override
    void close() throws IOException;
}
