package dev.whence.lake;

import java.io.IOException;
import java.nio.file.Path;

/** Writes one URL file from rows that come in {@link UrlRow#ORDER}. Not thread-safe. */
public final class UrlFileWriter implements AutoCloseable {

    public UrlFileWriter(Path file, UrlFileOptions options) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if the row sorts before the one that was written last
     */
    public void write(UrlRow row) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Ends the file. At least one row must have been written. */
    public UrlFileSummary finish() throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Closes without ending: what was written is no Parquet file unless {@link #finish()} came
     * first.
     */
    @Override
    public void close() throws IOException {}
}
