package dev.whence.lake;

import static java.util.Objects.requireNonNull;

import dev.whence.parquet.ChecksummedFile;
import dev.whence.parquet.PageCodecs;
import dev.whence.url.Fingerprint;
import dev.whence.url.Scheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Encodes sorted rows, given as {@link RowBytes}, to a URL file: cuts row groups, keeps their
 * bounds, and seals the footer. Not thread-safe.
 */
final class UrlFileEncoder implements AutoCloseable {
    /**
     * A row group ends before its dictionary of domains or hosts passes this size: a page of URLs
     * needs the whole dictionary, so it bounds the time and memory of a query.
     */
    static final int LARGEST_DICTIONARY_BYTES = 256 << 10;

    /**
     * No row is larger. A page ends within {@link UrlFileForm#PAGE_CHECK_ROWS} rows of its bound,
     * so that this is what makes {@link PageBytes#LARGEST_BYTES} a bound that no page reaches.
     */
    static final int LARGEST_ROW_BYTES = 1 << 20;

    private final UrlFileOptions options;
    private final UrlFileForm form;
    private final MessageType schema;
    private final ParquetProperties properties;
    private final PageCodecs codecs;
    private final ChecksummedFile file;
    private final ParquetFileWriter writer;
    private final List<RowGroupSummary> rowGroups = new ArrayList<>();
    private final Map<Scheme, Binary> schemes = new EnumMap<>(Scheme.class);

    private @Nullable RowGroupEncoder rowGroup;
    private byte[] domain = new byte[0];
    private Binary domainValue = Binary.EMPTY;
    private long domainId;
    private byte[] host = new byte[0];
    private Binary hostValue = Binary.EMPTY;
    private String firstDomain = "";
    private byte[] lastDomain = new byte[0];
    private long rows;

    UrlFileEncoder(Path path, UrlFileOptions options) throws IOException {
        this.options = options;
        this.form = new UrlFileForm(options);
        schema = UrlSchema.of(options.urlIds());
        codecs = new PageCodecs(options.zstdLevel());
        properties = form.properties();
        for (Scheme scheme : Scheme.values()) {
            schemes.put(scheme, Binary.fromString(scheme.text()));
        }
        file = new ChecksummedFile(path);
        try {
            writer =
                    new ParquetFileWriter(
                            file,
                            schema,
                            ParquetFileWriter.Mode.CREATE,
                            options.rowGroupBytes(),
                            0,
                            null,
                            properties);
            writer.start();
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Adds a row, which must not sort before the last one. */
    void add(byte[] bytes, int row) throws IOException {
        if (RowBytes.length(bytes, row) > LARGEST_ROW_BYTES) {
            throw new IllegalArgumentException(
                    "a row of %d bytes, at most %d can be stored"
                            .formatted(RowBytes.length(bytes, row), LARGEST_ROW_BYTES));
        }
        boolean newDomain = takeDomain(bytes, row);
        boolean newHost = takeHost(bytes, row) || newDomain;
        int rawBytes =
                RowBytes.length(bytes, row) - RowBytes.HEADER_BYTES + RowGroupEncoder.FIXED_BYTES;
        int newHostBytes = newHost ? host.length : 0;
        RowGroupEncoder current = rowGroup;
        if (current != null && current.isFull(rawBytes, newHostBytes, options.rowGroupBytes())) {
            endRowGroup();
            current = null;
        }
        if (current == null) {
            current = new RowGroupEncoder(schema, properties, codecs);
            rowGroup = current;
            firstDomain = text(domain);
            // The new row group's dictionary begins with this host, new to the file or not.
            newHostBytes = host.length;
        }
        current.add(
                bytes,
                row,
                domainId,
                domainValue,
                hostValue,
                requireNonNull(schemes.get(RowBytes.scheme(bytes, row))),
                rawBytes,
                newHostBytes);
        rows++;
        lastDomain = domain;
    }

    UrlFileSummary finish() throws IOException {
        if (rows == 0) {
            throw new IllegalStateException("a URL file needs at least one row");
        }
        endRowGroup();
        file.holdTail();
        writer.end(form.keyValues());
        file.complete(form.seal(file.tail(), file.tailOffset(), options.urlIds()));
        return new UrlFileSummary(rows, file.bytes(), file.crc32c(), List.copyOf(rowGroups));
    }

    private void endRowGroup() throws IOException {
        try (RowGroupEncoder full = requireNonNull(rowGroup)) {
            rowGroup = null;
            rowGroups.add(new RowGroupSummary(full.rows(), firstDomain, text(lastDomain)));
            full.writeTo(writer);
        }
    }

    private boolean takeDomain(byte[] bytes, int row) {
        int from = RowBytes.key(row);
        int to = from + RowBytes.domainLength(bytes, row);
        if (rows > 0 && Arrays.equals(domain, 0, domain.length, bytes, from, to)) {
            return false;
        }
        domain = Arrays.copyOfRange(bytes, from, to);
        domainValue = Binary.fromConstantByteArray(domain);
        domainId = Fingerprint.of(domain, 0, domain.length);
        return true;
    }

    private boolean takeHost(byte[] bytes, int row) {
        int from = RowBytes.host(bytes, row);
        int to = from + RowBytes.hostLength(bytes, row);
        if (rows > 0 && Arrays.equals(host, 0, host.length, bytes, from, to)) {
            return false;
        }
        host = Arrays.copyOfRange(bytes, from, to);
        hostValue = Binary.fromConstantByteArray(host);
        return true;
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.ISO_8859_1);
    }

    /** Gives up memory; deletes the file unless it was finished. */
    @Override
    public void close() throws IOException {
        try (file) {
            if (rowGroup != null) {
                rowGroup.close();
            }
        }
    }
}
