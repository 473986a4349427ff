package dev.whence.source;

import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Opens sources. {@code urlColumn} names the column or field that holds the URL, where the format
 * has some.
 */
public final class UrlSources {
    /** The column or field that holds the URL if nobody says. */
    public static final String DEFAULT_URL_COLUMN = "url";

    private UrlSources() {}

    /** A stream in any format but Parquet; the source closes it. */
    public static UrlSource open(String name, InputStream in, SourceFormat format, String urlColumn)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    public static UrlSource open(Path file, SourceFormat format, String urlColumn)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    public static UrlSource open(
            ObjectStore store, String key, SourceFormat format, String urlColumn)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}
