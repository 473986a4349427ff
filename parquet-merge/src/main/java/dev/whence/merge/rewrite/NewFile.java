package dev.whence.merge.rewrite;

import dev.whence.merge.ChunkStyle;
import dev.whence.merge.FileStyle;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.RawPages;
import dev.whence.parquet.ChecksummedFile;
import dev.whence.parquet.PageCodecs;
import java.io.IOException;
import java.nio.file.Path;
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
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/** A local Parquet file in the making, chunk by chunk. Deleted unless it is finished. */
final class NewFile implements AutoCloseable {
    private static final int NO_PADDING = 0;
    private static final long ANY_ROW_GROUP_BYTES = 128L << 20;

    private final MessageType schema;
    private final FileStyle style;
    private final ChecksummedFile file;
    private final ParquetFileWriter writer;
    private final List<List<FileStyle.Order>> orders = new ArrayList<>();
    private long rows;
    private long copiedBytes;

    /** Fills one column of the open row group. */
    interface Filling {
        void fill(ColumnWriter column, ColumnWriteStore store) throws IOException;
    }

    NewFile(Path path, MessageType schema, FileStyle style) throws IOException {
        this.schema = schema;
        this.style = style;
        this.file = new ChecksummedFile(path);
        try {
            writer =
                    new ParquetFileWriter(
                            file,
                            schema,
                            ParquetFileWriter.Mode.CREATE,
                            ANY_ROW_GROUP_BYTES,
                            NO_PADDING,
                            null,
                            ParquetProperties.builder().withPageWriteChecksumEnabled(true).build());
            writer.start();
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Rows of the row groups that were begun. */
    long rows() {
        return rows;
    }

    /** Bytes of pages that were taken as they were stored. */
    long copiedBytes() {
        return copiedBytes;
    }

    /** Bytes written so far. */
    long bytes() {
        return file.bytes();
    }

    void beginRowGroup(long groupRows, List<FileStyle.Order> order) throws IOException {
        writer.startBlock(groupRows);
        rows += groupRows;
        orders.add(order);
    }

    /** The next column of the open row group: as it is in another file. */
    void copyColumn(
            ParquetInput from, SeekableInputStream bytes, ColumnChunkMetaData chunk, int leaf)
            throws IOException {
        from.reading()
                .run(
                        "column " + chunk.getPath(),
                        () -> {
                            writer.appendColumnChunk(
                                    schema.getColumns().get(leaf),
                                    bytes,
                                    chunk,
                                    from.bloomFilter(chunk).orElse(null),
                                    from.columnIndex(chunk).orElse(null),
                                    from.offsetIndex(chunk).orElse(null));
                            return chunk;
                        });
        copiedBytes += chunk.getTotalSize();
    }

    /** The next column of the open row group, encoded anew. */
    void writeColumn(ColumnDescriptor leaf, ChunkStyle chunk, Filling filling) throws IOException {
        MessageType alone = OneLeaf.of(schema, leaf);
        BytesInputCompressor compressor =
                new PageCodecs(chunk.zstdLevel()).getCompressor(chunk.codec());
        ParquetProperties properties = chunk.properties();
        try (ColumnChunkPageWriteStore pages =
                        ColumnChunkPageWriteStore.builder()
                                .withCompressorProvider(column -> compressor)
                                .withSchema(alone)
                                .withAllocator(HeapByteBufferAllocator.getInstance())
                                .withColumnIndexTruncateLength(
                                        properties.getColumnIndexTruncateLength())
                                .withPageWriteChecksumEnabled(
                                        properties.getPageWriteChecksumEnabled())
                                .build();
                ColumnWriteStore store = properties.newColumnWriteStore(alone, pages, pages)) {
            filling.fill(store.getColumnWriter(alone.getColumns().getFirst()), store);
            store.flush();
            pages.flushToFileWriter(writer);
        } finally {
            compressor.release();
        }
    }

    /** The next column of the open row group: of pages that are compressed already. */
    void writePages(ColumnDescriptor leaf, CompressionCodecName codec, PageSplice.Chunk chunk)
            throws IOException {
        copiedBytes += chunk.copiedBytes();
        writer.startColumn(leaf, chunk.values(), codec);
        if (chunk.dictionary().isPresent()) {
            writer.writeDictionaryPage(chunk.dictionary().get());
        }
        for (RawPages.Page page : chunk.pages()) {
            writer.writeDataPage(
                    page.values(),
                    page.plainBytes(),
                    page.body(),
                    page.statistics(),
                    page.rows(),
                    page.repetitions(),
                    page.definitions(),
                    page.encoding());
        }
        writer.endColumn();
    }

    void endRowGroup() throws IOException {
        writer.endBlock();
    }

    /** Writes the footer; returns the length of the whole file. */
    long finish(Map<String, String> keyValues) throws IOException {
        file.holdTail();
        writer.end(keyValues);
        file.completeUnforced(style.finish(file.tail(), file.tailOffset(), orders));
        return file.bytes();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
