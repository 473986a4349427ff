package dev.whence.merge.file;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.whence.merge.DataFile;
import dev.whence.merge.UnreadableFileException;
import dev.whence.parquet.BoundedCodecs;
import dev.whence.parquet.FooterOrder;
import dev.whence.parquet.StoreInputFile;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.columnindex.RowRanges;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** An open Parquet file. Not thread-safe. */
public final class ParquetInput implements AutoCloseable {
    /** Larger reads are fewer: chunks that are copied are read in such pieces. */
    private static final int COPY_BYTES = 4 << 20;

    private static final int TRAILER_BYTES = 8;
    private static final long LARGEST_FOOTER_BYTES = 256L << 20;
    static final long LARGEST_PAGE_BYTES = 256L << 20;

    private final ObjectStore store;
    private final DataFile file;
    private final InputFile input;
    private final ParquetFileReader reader;
    private final FileReading reading;
    private @Nullable ParquetFileReader ofSomeRows;

    private ParquetInput(
            ObjectStore store, DataFile file, InputFile input, ParquetFileReader reader) {
        this.store = store;
        this.file = file;
        this.input = input;
        this.reader = reader;
        this.reading = new FileReading(file.key());
    }

    /**
     * Reads the footer.
     *
     * @throws UnreadableFileException if there is none that can be read, or it claims columns
     *     outside of the file
     */
    public static ParquetInput open(ObjectStore store, DataFile file) throws IOException {
        InputFile input = new StoreInputFile(store, file.key(), file.bytes());
        return new FileReading(file.key())
                .run(
                        "not a Parquet file, or its footer is damaged, cut off or encrypted",
                        () -> {
                            requireFooter(input);
                            ParquetFileReader reader = ParquetFileReader.open(input, options());
                            try {
                                requireWithin(file, reader.getRowGroups());
                                return new ParquetInput(store, file, input, reader);
                            } catch (RuntimeException | IOException e) {
                                reader.close();
                                throw e;
                            }
                        });
    }

    /** Opens a file whose footer was read before. */
    static ParquetInput open(ObjectStore store, DataFile file, ParquetMetadata footer)
            throws IOException {
        InputFile input = new StoreInputFile(store, file.key(), file.bytes());
        return new ParquetInput(store, file, input, reader(input, footer));
    }

    private static ParquetFileReader reader(InputFile input, ParquetMetadata footer)
            throws IOException {
        return new ParquetFileReader(input, footer, options(), input.newStream());
    }

    ParquetMetadata footer() {
        return reader.getFooter();
    }

    public DataFile file() {
        return file;
    }

    public MessageType schema() {
        return reader.getFileMetaData().getSchema();
    }

    public Map<String, String> keyValues() {
        return reader.getFileMetaData().getKeyValueMetaData();
    }

    public List<BlockMetaData> rowGroups() {
        return reader.getRowGroups();
    }

    public long rows() {
        return rowGroups().stream().mapToLong(BlockMetaData::getRowCount).sum();
    }

    /** Turns whatever a reader of this file throws into an error that names it. */
    public FileReading reading() {
        return reading;
    }

    /** A column chunk's place among those of its row group. */
    public ColumnChunkMetaData chunk(int rowGroup, ColumnDescriptor leaf) throws IOException {
        List<String> path = List.of(leaf.getPath());
        for (ColumnChunkMetaData chunk : rowGroups().get(rowGroup).getColumns()) {
            if (List.of(chunk.getPath().toArray()).equals(path)) {
                return chunk;
            }
        }
        throw reading.damaged("row group " + rowGroup + " has no column " + String.join(".", path));
    }

    /**
     * Columns of a row group, to be read row by row side by side; valid until the next call. Their
     * chunks are held in memory as they are stored.
     */
    public ColumnRows columns(int rowGroup, List<ColumnDescriptor> leaves) throws IOException {
        return reading.run(
                "row group " + rowGroup,
                () -> {
                    reader.setRequestedSchema(leaves);
                    return rows(reader.readRowGroup(rowGroup), leaves);
                });
    }

    /** The same for some rows, of which only the pages are read; needs offset indexes. */
    public ColumnRows columns(int rowGroup, List<ColumnDescriptor> leaves, RowRanges rows)
            throws IOException {
        return reading.run(
                "row group " + rowGroup,
                () -> {
                    // A reader keeps the offset indexes of the columns that it was first asked for.
                    if (ofSomeRows != null) {
                        ofSomeRows.close();
                    }
                    ofSomeRows = reader(input, reader.getFooter());
                    ofSomeRows.setRequestedSchema(leaves);
                    return rows(ofSomeRows.readFilteredRowGroup(rowGroup, rows), leaves);
                });
    }

    private ColumnRows rows(PageReadStore pages, List<ColumnDescriptor> leaves) throws IOException {
        return new ColumnRows(
                pages, schema(), reader.getFileMetaData().getCreatedBy(), leaves, reading);
    }

    public Optional<BloomFilter> bloomFilter(ColumnChunkMetaData chunk) throws IOException {
        return reading.run(
                "bloom filter of " + chunk.getPath(),
                () -> Optional.ofNullable(reader.readBloomFilter(chunk)));
    }

    public Optional<ColumnIndex> columnIndex(ColumnChunkMetaData chunk) throws IOException {
        return reading.run(
                "column index of " + chunk.getPath(),
                () -> Optional.ofNullable(reader.readColumnIndex(chunk)));
    }

    /**
     * The offset index, if it covers each of the chunk's rows once: places in it are only claims.
     *
     * @param rows of the row group
     */
    public Optional<OffsetIndex> offsetIndex(ColumnChunkMetaData chunk, long rows)
            throws IOException {
        return offsetIndex(chunk).filter(index -> coversRows(index, rows));
    }

    private static boolean coversRows(OffsetIndex offsets, long rows) {
        int pages = offsets.getPageCount();
        boolean covers = pages > 0 && offsets.getFirstRowIndex(0) == 0;
        for (int page = 0; page < pages; page++) {
            covers &= offsets.getFirstRowIndex(page) <= offsets.getLastRowIndex(page, rows);
        }
        return covers;
    }

    /** The offset index as it is. */
    public Optional<OffsetIndex> offsetIndex(ColumnChunkMetaData chunk) throws IOException {
        return reading.run(
                "offset index of " + chunk.getPath(),
                () -> Optional.ofNullable(reader.readOffsetIndex(chunk)));
    }

    /**
     * The order of rows that the footer notes for each row group; empty where it notes none. A
     * column that repeats orders no rows, and neither do those after it.
     */
    public List<List<SortColumn>> orders() throws IOException {
        List<ColumnDescriptor> leaves = schema().getColumns();
        return reading.run(
                "order of rows",
                () -> FooterOrder.read(input).stream().map(order -> named(order, leaves)).toList());
    }

    private static List<SortColumn> named(
            List<FooterOrder.Column> order, List<ColumnDescriptor> leaves) {
        return order.stream()
                .takeWhile(column -> leaves.get(column.leaf()).getMaxRepetitionLevel() == 0)
                .map(column ->
                        new SortColumn(
                                String.join(".", leaves.get(column.leaf()).getPath()),
                                column.descending(),
                                column.nullsFirst()))
                .toList();
    }

    /** The file's bytes, to be copied in large pieces; the caller closes it. */
    public SeekableInputStream stream() throws IOException {
        return new StoreInputFile(store, file.key(), file.bytes(), COPY_BYTES).newStream();
    }

    /** The file's bytes, of which no more are read than are asked for; the caller closes it. */
    public SeekableInputStream singleReads() throws IOException {
        return new StoreInputFile(store, file.key(), file.bytes(), 1).newStream();
    }

    @Override
    public void close() throws IOException {
        try (reader) {
            if (ofSomeRows != null) {
                ofSomeRows.close();
            }
        }
    }

    private static ParquetReadOptions options() {
        return ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new BoundedCodecs(LARGEST_PAGE_BYTES))
                .usePageChecksumVerification(true)
                .build();
    }

    private static void requireFooter(InputFile input) throws IOException {
        if (input.getLength() < TRAILER_BYTES) {
            throw new IOException("%d bytes are no Parquet file".formatted(input.getLength()));
        }
        byte[] end = new byte[TRAILER_BYTES];
        try (SeekableInputStream in = input.newStream()) {
            in.seek(input.getLength() - TRAILER_BYTES);
            in.readFully(end);
        }
        long bytes = Integer.toUnsignedLong(ByteBuffer.wrap(end).order(LITTLE_ENDIAN).getInt());
        if (bytes > LARGEST_FOOTER_BYTES) {
            throw new IOException(
                    "the footer claims %d bytes, at most %d are read"
                            .formatted(bytes, LARGEST_FOOTER_BYTES));
        }
    }

    /** Places in a footer are only claims. */
    private static void requireWithin(DataFile file, List<BlockMetaData> rowGroups)
            throws IOException {
        for (BlockMetaData rowGroup : rowGroups) {
            if (rowGroup.getRowCount() < 0 || rowGroup.getRowCount() > Integer.MAX_VALUE) {
                throw new IOException("a row group of %d rows".formatted(rowGroup.getRowCount()));
            }
            for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
                long start = chunk.getStartingPos();
                long bytes = chunk.getTotalSize();
                if (start < 0 || bytes < 0 || bytes > file.bytes() - start) {
                    throw new IOException(
                            "column %s lies outside of the file".formatted(chunk.getPath()));
                }
            }
        }
    }
}
