package dev.whence.lake;

import java.io.IOException;
import java.nio.file.Path;

/** Writes one URL file from rows that come in {@link UrlRow#ORDER}. Not thread-safe. */
public final class UrlFileWriter implements AutoCloseable {
    private final UrlFileEncoder encoder;
    private byte[] last = new byte[0];

    /**
     * Creates the file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one
     */
    public UrlFileWriter(Path file, UrlFileOptions options) throws IOException {
        encoder = new UrlFileEncoder(file, options);
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if the row sorts before the one that was written last
     */
    public void write(UrlRow row) throws IOException {
        byte[] bytes = RowBytes.encode(row);
        if (last.length > 0 && RowBytes.compareKeys(last, 0, bytes, 0, 0) > 0) {
            throw new IllegalArgumentException(
                    "rows must come sorted by domain, host, path_query and scheme; this one sorts"
                            + " before the row that was written last: "
                            + row.url());
        }
        encoder.add(bytes, 0);
        last = bytes;
    }

    /**
     * Ends the file and forces it to disk. At least one row must have been written.
     *
     * @throws IllegalStateException if none was
     */
    public UrlFileSummary finish() throws IOException {
        return encoder.finish();
    }

    /** Closes; a file that was not finished is deleted. */
    @Override
    public void close() throws IOException {
        encoder.close();
    }
}
