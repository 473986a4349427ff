package dev.whence.source;

import dev.whence.lake.parquet.StoreInputFile;
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
        try {
            return switch (format) {
                case TEXT -> lines(name, in, new TextFormat());
                case NDJSON -> lines(name, in, new NdjsonFormat(urlColumn));
                case CDX, CDXJ -> lines(name, in, new CaptureIndexFormat(urlColumn));
                case CSV -> new CsvSource(name, PlainBytes.of(name, in), urlColumn);
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
        InputStream in = Files.newInputStream(file);
        if (format != SourceFormat.PARQUET) {
            return open(file.toString(), in, format, urlColumn);
        }
        in.close();
        return new ParquetSource(file.toString(), new LocalInputFile(file), urlColumn);
    }

    /** An object of the store. */
    public static UrlSource open(
            ObjectStore store, String key, SourceFormat format, String urlColumn)
            throws IOException {
        if (format != SourceFormat.PARQUET) {
            return open(key, store.open(key), format, urlColumn);
        }
        var file = new StoreInputFile(store, key, store.head(key).bytes());
        return new ParquetSource(key, file, urlColumn);
    }

    private static UrlSource lines(String name, InputStream in, LineFormat format)
            throws IOException {
        return new LineSource(new LineReader(name, PlainBytes.of(name, in)), format);
    }
}
