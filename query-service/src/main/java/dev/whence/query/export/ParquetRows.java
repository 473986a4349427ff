package dev.whence.query.export;

import dev.whence.parquet.PageCodecs;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file, a row group in memory at a time. Its end is the footer, whose key-value pairs
 * tell rows, version and, if the list goes on, the cursor; without one it is no Parquet file.
 */
final class ParquetRows implements RowWriter {
    private static final int ZSTD_LEVEL = 3;
    private static final long ANY_ROW_GROUP_BYTES = 128L << 20;
    private static final int NO_PADDING = 0;

    private final List<Column> columns;
    private final MessageType schema;
    private final ParquetProperties properties =
            ParquetProperties.builder()
                    .withAllocator(HeapByteBufferAllocator.getInstance())
                    .withPageWriteChecksumEnabled(true)
                    .build();
    private final PageCodecs codecs = new PageCodecs(ZSTD_LEVEL);
    private final ParquetFileWriter writer;
    private @Nullable ParquetGroup group;

    ParquetRows(OutputStream out, List<Column> columns) throws IOException {
        this.columns = columns;
        this.schema = ParquetSchema.of(columns);
        this.writer =
                new ParquetFileWriter(
                        new StreamFile(out),
                        schema,
                        ParquetFileWriter.Mode.CREATE,
                        ANY_ROW_GROUP_BYTES,
                        NO_PADDING,
                        null,
                        properties);
        writer.start();
    }

    @Override
    public void write(@Nullable Object[] row) throws IOException {
        ParquetGroup current = group;
        if (current == null) {
            current = new ParquetGroup(schema, properties, codecs);
            group = current;
        }
        current.add(columns, row);
        if (current.isFull()) {
            endGroup(current);
        }
    }

    private void endGroup(ParquetGroup full) throws IOException {
        full.writeTo(writer);
        full.close();
        group = null;
    }

    @Override
    public void end(End end) throws IOException {
        if (group != null) {
            endGroup(group);
        }
        Map<String, String> told = new LinkedHashMap<>();
        told.put("whence.rows", Long.toString(end.rows()));
        told.put("whence.version", Long.toString(end.version()));
        if (end.nextCursor() != null) {
            told.put("whence.next-cursor", end.nextCursor());
        }
        writer.end(told);
    }

    @Override
    public void close() {
        if (group != null) {
            group.close();
        }
    }
}
