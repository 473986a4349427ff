package dev.whence.source;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.whence.parquet.BoundedCodecs;
import dev.whence.parquet.IgnoredValues;
import dev.whence.parquet.PageTooLargeException;
import dev.whence.store.ObjectStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file with a string column of URLs at its top level, in any encoding, and {@code ts} or
 * {@code timestamp} for their time. Only these columns are read, a row group at a time; checksums
 * of pages are verified where there are some.
 */
final class ParquetSource implements UrlSource {
    private static final int FOOTER_END_BYTES = 8;

    private final String source;
    private final SourceLimits limits;
    private final ParquetFileReader reader;
    private final long fileBytes;
    private final MessageType columns;
    private final Type urlType;
    private final @Nullable ParquetTime time;
    private final FoundUrl url = new FoundUrl();
    private Skipped skipped = Skipped.NONE;
    private int rowGroup = -1;
    private long row;
    private @Nullable Values values;

    /** The columns of a row group, side by side. */
    private record Values(ColumnReader urls, @Nullable ColumnReader times, long rows) {}

    ParquetSource(String source, InputFile file, String urlColumn, SourceLimits limits)
            throws IOException {
        this.source = source;
        this.limits = limits;
        this.fileBytes = file.getLength();
        this.reader = open(source, file, limits);
        try {
            MessageType schema = reader.getFileMetaData().getSchema();
            this.urlType = urlType(source, schema, urlColumn);
            this.time = ParquetTime.in(schema);
            List<Type> wanted = new ArrayList<>(List.of(urlType));
            if (time != null && !time.type().equals(urlType)) {
                wanted.add(time.type());
            }
            this.columns = new MessageType(schema.getName(), wanted);
            reader.setRequestedSchema(columns);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    @Override
    public boolean next() throws IOException {
        try {
            do {
                while (values != null && row < values.rows()) {
                    if (readRow(values)) {
                        return true;
                    }
                }
            } while (nextRowGroup());
            return false;
        } catch (IOException | RuntimeException e) {
            throw explained(e);
        }
    }

    @Override
    public FoundUrl found() {
        return url;
    }

    @Override
    public Skipped skipped() {
        return skipped;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private boolean nextRowGroup() throws IOException {
        rowGroup++;
        row = 0;
        values = null;
        List<BlockMetaData> rowGroups = reader.getRowGroups();
        if (rowGroup >= rowGroups.size()) {
            return false;
        }
        requireReadable(rowGroups.get(rowGroup));
        PageReadStore pages = reader.readRowGroup(rowGroup);
        if (pages != null && pages.getRowCount() > 0) {
            var readers =
                    new ColumnReadStoreImpl(
                            pages,
                            new IgnoredValues(),
                            columns,
                            reader.getFileMetaData().getCreatedBy());
            values =
                    new Values(
                            columnReader(readers, pages, urlType),
                            time == null ? null : columnReader(readers, pages, time.type()),
                            pages.getRowCount());
        }
        return true;
    }

    private ColumnReader columnReader(ColumnReadStoreImpl readers, PageReadStore pages, Type type)
            throws MalformedSourceException {
        ColumnDescriptor column = columns.getColumnDescription(new String[] {type.getName()});
        long found = pages.getPageReader(column).getTotalValueCount();
        if (found != pages.getRowCount()) {
            throw malformed(
                    "expected %d values in column '%s', found %d"
                            .formatted(pages.getRowCount(), type.getName(), found));
        }
        return readers.getColumnReader(column);
    }

    private boolean readRow(Values values) {
        row++;
        long ts = NO_TS;
        if (time != null && values.times() != null) {
            ts = isPresent(values.times()) ? time.micros(values.times()) : NO_TS;
            values.times().consume();
        }
        boolean found = isPresent(values.urls());
        if (found) {
            byte[] bytes = values.urls().getBinary().getBytes();
            found = bytes.length > 0;
            url.set(bytes, 0, bytes.length, ts, Map.of());
        }
        if (!found) {
            skipped = skipped.and(this::place);
        }
        values.urls().consume();
        return found;
    }

    private static boolean isPresent(ColumnReader column) {
        return column.getCurrentDefinitionLevel() == column.getDescriptor().getMaxDefinitionLevel();
    }

    /** Sizes in a footer are only claims: what they say must lie in the file, and in memory. */
    private void requireReadable(BlockMetaData block) throws MalformedSourceException {
        long together = 0;
        for (ColumnChunkMetaData chunk : block.getColumns()) {
            if (columns.containsPath(chunk.getPath().toArray())) {
                long start = chunk.getStartingPos();
                long bytes = chunk.getTotalSize();
                if (start < 0 || bytes < 0 || bytes > fileBytes - start) {
                    throw malformed("a column's place lies outside of the file");
                }
                together += bytes;
            }
        }
        // They are held while their rows are read.
        if (together > limits.chunkBytes()) {
            throw malformed(
                    "the columns that are read have %d bytes, more than the %d that they may have in this heap; write smaller row groups, or read it with a larger heap"
                            .formatted(together, limits.chunkBytes()));
        }
    }

    private static ParquetFileReader open(String source, InputFile file, SourceLimits limits)
            throws IOException {
        var options =
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withCodecFactory(new BoundedCodecs(limits.pageBytes()))
                        .usePageChecksumVerification(true)
                        .build();
        try {
            requireFooter(source, file, limits.footerBytes());
            return ParquetFileReader.open(file, options);
        } catch (IOException | RuntimeException e) {
            throw explained(
                    source,
                    "not a Parquet file, or its footer is damaged, cut off or encrypted",
                    e);
        }
    }

    /** A footer is read whole, and has many times its size in memory. */
    private static void requireFooter(String source, InputFile file, long mostBytes)
            throws IOException {
        if (file.getLength() < FOOTER_END_BYTES) {
            return;
        }
        byte[] end = new byte[FOOTER_END_BYTES];
        try (SeekableInputStream in = file.newStream()) {
            in.seek(file.getLength() - FOOTER_END_BYTES);
            in.readFully(end);
        }
        long bytes = Integer.toUnsignedLong(ByteBuffer.wrap(end).order(LITTLE_ENDIAN).getInt());
        if (bytes > mostBytes && bytes <= file.getLength()) {
            throw new MalformedSourceException(
                    source,
                    "the footer has %d bytes, more than the %d that it may have in this heap"
                            .formatted(bytes, mostBytes),
                    null);
        }
    }

    private static Type urlType(String source, MessageType schema, String urlColumn)
            throws MalformedSourceException {
        if (!schema.containsField(urlColumn)) {
            throw new MalformedSourceException(
                    source, "footer: expected a column '" + urlColumn + "' at the top level", null);
        }
        Type type = schema.getType(urlColumn);
        if (!ParquetTime.isText(type)) {
            throw new MalformedSourceException(
                    source, "footer: expected the column '" + urlColumn + "' to be a string", null);
        }
        return type;
    }

    private IOException explained(Exception e) {
        String problem =
                e instanceof UnsupportedOperationException && e.getMessage() != null
                        ? e.getMessage()
                        : "damaged or cut off data";
        return explained(source, place() + ": " + problem, e);
    }

    private String place() {
        return "row group " + rowGroup + ", row " + row;
    }

    /** Failures of the store or the disk stay what they are; everything else is the file's. */
    private static IOException explained(String source, String problem, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ObjectStoreException
                    || cause instanceof FileSystemException
                    || cause instanceof MalformedSourceException) {
                return (IOException) cause;
            }
            if (cause instanceof PageTooLargeException) {
                return new MalformedSourceException(
                        source, Objects.toString(cause.getMessage()), failure);
            }
        }
        return new MalformedSourceException(source, problem, failure);
    }

    private MalformedSourceException malformed(String problem) {
        return new MalformedSourceException(source, "row group " + rowGroup + ": " + problem, null);
    }
}
