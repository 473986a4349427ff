package dev.whence.lake;

import dev.whence.url.ParsedUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Rows in memory, as bytes in chunks of a {@link ChunkPool}, each in a group (what will be one
 * file), waiting to be sorted and written. Not thread-safe.
 */
public final class UrlRowBuffer {

    public UrlRowBuffer(ChunkPool pool) {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds a row to a group (0 to 2^24).
     *
     * @return false, with nothing added, when the pool has no chunk left
     */
    public boolean append(int group, ParsedUrl url, long tsMicros, Map<String, String> extras) {
        throw new UnsupportedOperationException();
    }

    public long rows() {
        throw new UnsupportedOperationException();
    }

    /** Bytes of chunks and of row offsets held. */
    public long heldBytes() {
        throw new UnsupportedOperationException();
    }

    /** A point to which {@link #rollback} can return. */
    public long mark() {
        throw new UnsupportedOperationException();
    }

    /** Drops all rows added since the mark. */
    public void rollback(long mark) {
        throw new UnsupportedOperationException();
    }

    /** The groups that have rows, ascending. */
    public int[] groups() {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes a group's rows, sorted, as one Parquet file; the rows stay.
     *
     * @param distinct keep only the first of rows with the same URL (in the order in which they
     *     were added)
     */
    public UrlFileSummary write(int group, boolean distinct, Path file, UrlFileOptions options)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Drops all rows and gives the chunks back. */
    public void clear() {
        throw new UnsupportedOperationException();
    }
}
