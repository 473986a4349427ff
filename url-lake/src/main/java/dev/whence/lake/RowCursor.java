package dev.whence.lake;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows one after the other. Not thread-safe. */
public interface RowCursor extends AutoCloseable {

    /** The next row, or null at the end. */
    @Nullable UrlRow next() throws IOException;

    @Override
    void close() throws IOException;
}
