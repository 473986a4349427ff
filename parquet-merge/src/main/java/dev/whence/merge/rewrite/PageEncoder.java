package dev.whence.merge.rewrite;

import dev.whence.merge.ChunkStyle;
import dev.whence.merge.file.RawPages;
import dev.whence.parquet.PageCodecs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.schema.MessageType;

/** Encodes single pages of a column, of the first version. Not thread-safe. */
final class PageEncoder implements AutoCloseable {
    private final MessageType alone;
    private final ChunkStyle style;
    private final BytesInputCompressor compressor;
    private final List<RawPages.Page> pages = new ArrayList<>();
    private ColumnWriteStore store;
    private ColumnWriter column;

    PageEncoder(ColumnDescriptor leaf, MessageType schema, ChunkStyle style) {
        this.alone = OneLeaf.of(schema, leaf);
        this.style = style;
        this.compressor = new PageCodecs(style.zstdLevel()).getCompressor(style.codec());
        this.store = newStore();
        this.column = store.getColumnWriter(alone.getColumns().getFirst());
    }

    /** Begins a page. */
    void begin() {
        store.close();
        store = newStore();
        column = store.getColumnWriter(alone.getColumns().getFirst());
    }

    /** Takes values of the current row. */
    ColumnWriter column() {
        return column;
    }

    void endRow() {
        store.endRecord();
    }

    /** Ends the page: none if it has no row, more than one if its rows grew large. */
    List<RawPages.Page> end() {
        store.flush();
        List<RawPages.Page> done = List.copyOf(pages);
        pages.clear();
        return done;
    }

    @Override
    public void close() {
        store.close();
        compressor.release();
    }

    private ColumnWriteStore newStore() {
        PageWriteStore sink =
                new PageWriteStore() {
                    @Override
                    public PageWriter getPageWriter(ColumnDescriptor path) {
                        return new Sink();
                    }

                    @Override
                    public void close() {}
                };
        return style.properties().newColumnWriteStore(alone, sink);
    }

    /** Compresses pages and keeps them. */
    private final class Sink implements PageWriter {
        @Override
        public void writePage(
                BytesInput bytes,
                int values,
                int rows,
                Statistics<?> statistics,
                SizeStatistics sizes,
                GeospatialStatistics places,
                Encoding repetitions,
                Encoding definitions,
                Encoding encoding)
                throws IOException {
            int plainBytes = Math.toIntExact(bytes.size());
            // What a compressor returns is valid until its next page only.
            var body = new ByteArrayOutputStream(plainBytes / 2 + 64);
            compressor.compress(bytes).writeAllTo(body);
            pages.add(
                    new RawPages.Page(
                            values,
                            rows,
                            plainBytes,
                            BytesInput.from(body.toByteArray()),
                            statistics,
                            repetitions,
                            definitions,
                            encoding));
        }

        @Override
        public void writePage(
                BytesInput bytes,
                int values,
                int rows,
                Statistics<?> statistics,
                Encoding repetitions,
                Encoding definitions,
                Encoding encoding) {
            throw new IllegalStateException("a page without its sizes");
        }

        @Override
        @Deprecated
        public void writePage(
                BytesInput bytes,
                int values,
                Statistics<?> statistics,
                Encoding repetitions,
                Encoding definitions,
                Encoding encoding) {
            throw new IllegalStateException("a page without its rows");
        }

        @Override
        public void writePageV2(
                int rows,
                int nulls,
                int values,
                BytesInput repetitions,
                BytesInput definitions,
                Encoding encoding,
                BytesInput data,
                Statistics<?> statistics) {
            throw new IllegalStateException("a page of the second version");
        }

        @Override
        public void writeDictionaryPage(DictionaryPage dictionary) {
            throw new IllegalStateException("a dictionary of a single page");
        }

        @Override
        public long getMemSize() {
            return pages.stream().mapToLong(page -> page.body().size()).sum();
        }

        @Override
        public long allocatedSize() {
            return getMemSize();
        }

        @Override
        public String memUsageString(String prefix) {
            return prefix + getMemSize() + " bytes";
        }

        @Override
        public void close() {}
    }
}
