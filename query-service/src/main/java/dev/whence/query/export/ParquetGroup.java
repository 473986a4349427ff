package dev.whence.query.export;

import dev.whence.parquet.PageCodecs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** One row group in the making, in memory: bounded by rows and by the bytes of their texts. */
final class ParquetGroup implements AutoCloseable {
    private static final int MOST_ROWS = 64 << 10;
    private static final long MOST_TEXT_BYTES = 8L << 20;

    private final BytesInputCompressor compressor;
    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore store;
    private final List<ColumnWriter> leaves = new ArrayList<>();
    private int rows;
    private long textBytes;

    ParquetGroup(MessageType schema, ParquetProperties properties, PageCodecs codecs) {
        compressor = codecs.getCompressor(CompressionCodecName.ZSTD);
        pages =
                ColumnChunkPageWriteStore.builder()
                        .withCompressorProvider(column -> compressor)
                        .withSchema(schema)
                        .withAllocator(HeapByteBufferAllocator.getInstance())
                        .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
                        .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
                        .build();
        store = properties.newColumnWriteStore(schema, pages, pages);
        for (ColumnDescriptor leaf : schema.getColumns()) {
            leaves.add(store.getColumnWriter(leaf));
        }
    }

    int rows() {
        return rows;
    }

    boolean isFull() {
        return rows == MOST_ROWS || textBytes >= MOST_TEXT_BYTES;
    }

    void add(List<Column> columns, @Nullable Object[] row) {
        int leaf = 0;
        for (int i = 0; i < columns.size(); i++) {
            Object value = row[i];
            switch (columns.get(i).kind()) {
                case TEXT -> text(leaves.get(leaf), (String) value, 0, 1);
                case NUMBER, FINGERPRINT, TIME -> number(leaves.get(leaf), (Long) value);
                case SHARE -> share(leaves.get(leaf), (Double) value);
                case EXTRAS -> extras(leaves.get(leaf), leaves.get(++leaf), (Map<?, ?>) value);
            }
            leaf++;
        }
        store.endRecord();
        rows++;
    }

    private void text(ColumnWriter leaf, @Nullable String value, int repetition, int definition) {
        if (value == null) {
            leaf.writeNull(0, 0);
        } else {
            Binary bytes = Binary.fromString(value);
            leaf.write(bytes, repetition, definition);
            textBytes += bytes.length();
        }
    }

    private static void number(ColumnWriter leaf, @Nullable Long value) {
        if (value == null) {
            leaf.writeNull(0, 0);
        } else {
            leaf.write(value.longValue(), 0, 1);
        }
    }

    private static void share(ColumnWriter leaf, @Nullable Double value) {
        if (value == null) {
            leaf.writeNull(0, 0);
        } else {
            leaf.write(value.doubleValue(), 0, 1);
        }
    }

    /** A map that is there and empty has definition level 1, as the format of maps has it. */
    private void extras(ColumnWriter keys, ColumnWriter values, @Nullable Map<?, ?> extras) {
        if (extras == null || extras.isEmpty()) {
            int definition = extras == null ? 0 : 1;
            keys.writeNull(0, definition);
            values.writeNull(0, definition);
            return;
        }
        int repetition = 0;
        for (Map.Entry<?, ?> extra : extras.entrySet()) {
            text(keys, (String) extra.getKey(), repetition, 2);
            text(values, (String) extra.getValue(), repetition, 3);
            repetition = 1;
        }
    }

    void writeTo(ParquetFileWriter writer) throws IOException {
        store.flush();
        writer.startBlock(rows);
        pages.flushToFileWriter(writer);
        writer.endBlock();
    }

    @Override
    public void close() {
        store.close();
        pages.close();
        compressor.release();
    }
}
