package dev.whence.source;

import dev.whence.parquet.StoreInputFile;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.io.LocalInputFile;

/**
 * Opens sources. {@code urlColumn} names the column or field that holds the URL, where the format
 * has some. Streams are unpacked (gzip, zstd) by what their first bytes say.
 */
public final class UrlSources {
    /** The column or field that holds the URL if nobody says. */
    public static final String DEFAULT_URL_COLUMN = "url";

    private UrlSources() {}

    /** A stream in any format but Parquet; the source closes it, also when opening fails. */
    public static UrlSource open(String name, InputStream in, SourceFormat format, String urlColumn)
            throws IOException {
        return open(name, in, format, urlColumn, SourceLimits.DEFAULT);
    }

    /** The same within limits. */
    public static UrlSource open(
            String name, InputStream in, SourceFormat format, String urlColumn, SourceLimits limits)
            throws IOException {
        try {
            return switch (format) {
                case TEXT -> lines(name, plain(name, in, limits), new TextFormat());
                case NDJSON -> lines(name, plain(name, in, limits), new NdjsonFormat(urlColumn));
                case CDX, CDXJ ->
                        lines(name, plain(name, in, limits), new CaptureIndexFormat(urlColumn));
                case CSV -> new CsvSource(name, plain(name, in, limits), urlColumn);
                case PARQUET ->
                        throw new IllegalArgumentException(
                                name
                                        + ": Parquet is read from a file, not from a stream: its directory"
                                        + " stands at its end");
            };
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** A local file. */
    public static UrlSource open(Path file, SourceFormat format, String urlColumn)
            throws IOException {
        return open(file, format, urlColumn, SourceLimits.DEFAULT);
    }

    /** The same within limits. */
    public static UrlSource open(
            Path file, SourceFormat format, String urlColumn, SourceLimits limits)
            throws IOException {
        InputStream in = Files.newInputStream(file);
        if (format != SourceFormat.PARQUET) {
            return open(file.toString(), in, format, urlColumn, limits);
        }
        in.close();
        return new ParquetSource(file.toString(), new LocalInputFile(file), urlColumn, limits);
    }

    /** An object of the store. */
    public static UrlSource open(
            ObjectStore store, String key, SourceFormat format, String urlColumn)
            throws IOException {
        return open(store, key, format, urlColumn, SourceLimits.DEFAULT);
    }

    /** The same within limits. */
    public static UrlSource open(
            ObjectStore store,
            String key,
            SourceFormat format,
            String urlColumn,
            SourceLimits limits)
            throws IOException {
        if (format != SourceFormat.PARQUET) {
            return open(key, store.open(key), format, urlColumn, limits);
        }
        var file = new StoreInputFile(store, key, store.head(key).bytes());
        return new ParquetSource(key, file, urlColumn, limits);
    }

    private static InputStream plain(String name, InputStream in, SourceLimits limits)
            throws IOException {
        return PlainBytes.of(name, in, limits.zstdWindowLog());
    }

    private static UrlSource lines(String name, InputStream plain, LineFormat format) {
        return new LineSource(new LineReader(name, plain), format);
    }
}
