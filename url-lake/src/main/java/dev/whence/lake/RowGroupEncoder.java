package dev.whence.lake;

import dev.whence.parquet.PageCodecs;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * One row group in the making: rows go to parquet-java's column writers, one call a column, with no
 * record between. Not thread-safe.
 */
final class RowGroupEncoder implements AutoCloseable {
    /** What a row counts beside its texts: two ids, a timestamp. */
    static final int FIXED_BYTES = 3 * Long.BYTES;

    /** A dictionary entry's length field. */
    private static final int ENTRY_BYTES = 4;

    private final MessageType schema;
    private final BytesInputCompressor compressor;
    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore columns;
    private final ColumnWriter domainIds;
    private final @Nullable ColumnWriter urlIds;
    private final ColumnWriter schemes;
    private final ColumnWriter hosts;
    private final ColumnWriter domains;
    private final ColumnWriter paths;
    private final ColumnWriter timestamps;
    private final ColumnWriter extraKeys;
    private final ColumnWriter extraValues;

    /** For the bloom filter, which can be sized only when the row group ends. */
    private long[] seenUrlIds = new long[1024];

    private long rawBytes;
    private long dictionaryBytes;
    private int rows;

    RowGroupEncoder(MessageType schema, ParquetProperties properties, PageCodecs codecs) {
        this.schema = schema;
        compressor = codecs.getCompressor(CompressionCodecName.ZSTD);
        pages =
                ColumnChunkPageWriteStore.builder()
                        .withCompressorProvider(column -> compressor)
                        .withSchema(schema)
                        .withAllocator(properties.getAllocator())
                        .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
                        .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
                        .build();
        columns = properties.newColumnWriteStore(schema, pages, pages);
        domainIds = column(UrlSchema.DOMAIN_ID);
        urlIds = schema.containsField(UrlSchema.URL_ID) ? column(UrlSchema.URL_ID) : null;
        schemes = column(UrlSchema.SCHEME);
        hosts = column(UrlSchema.HOST);
        domains = column(UrlSchema.DOMAIN);
        paths = column(UrlSchema.PATH_QUERY);
        timestamps = column(UrlSchema.TS);
        extraKeys = column(UrlSchema.EXTRAS_KEY);
        extraValues = column(UrlSchema.EXTRAS_VALUE);
    }

    private ColumnDescriptor descriptor(String column) {
        return schema.getColumns().get(UrlSchema.place(schema, column));
    }

    private ColumnWriter column(String column) {
        return columns.getColumnWriter(descriptor(column));
    }

    int rows() {
        return rows;
    }

    /** Whether one more row would pass a bound. */
    boolean isFull(int rowBytes, int newHostBytes, long largestBytes) {
        return rows > 0
                && (rawBytes + rowBytes > largestBytes
                        || dictionaryBytes + newHostBytes + ENTRY_BYTES
                                > UrlFileEncoder.LARGEST_DICTIONARY_BYTES);
    }

    void add(
            byte[] bytes,
            int row,
            long domainId,
            Binary domain,
            Binary host,
            Binary scheme,
            int rowBytes,
            int newHostBytes) {
        domainIds.write(domainId, 0, 0);
        if (urlIds != null) {
            long urlId = RowBytes.urlId(bytes, row);
            urlIds.write(urlId, 0, 0);
            if (rows == seenUrlIds.length) {
                seenUrlIds = Arrays.copyOf(seenUrlIds, rows * 2);
            }
            seenUrlIds[rows] = urlId;
        }
        schemes.write(scheme, 0, 0);
        hosts.write(host, 0, 0);
        domains.write(domain, 0, 0);
        int pathLength = RowBytes.pathLength(bytes, row);
        paths.write(Binary.fromReusedByteArray(bytes, RowBytes.path(bytes, row), pathLength), 0, 0);
        long ts = RowBytes.ts(bytes, row);
        if (ts == UrlRow.NO_TS) {
            timestamps.writeNull(0, 0);
        } else {
            timestamps.write(ts, 0, 1);
        }
        addExtras(bytes, RowBytes.extras(bytes, row), row + RowBytes.length(bytes, row));
        columns.endRecord();
        rows++;
        rawBytes += rowBytes;
        if (newHostBytes > 0) {
            dictionaryBytes += newHostBytes + ENTRY_BYTES;
        }
    }

    private void addExtras(byte[] bytes, int from, int end) {
        if (from == end) {
            extraKeys.writeNull(0, 0);
            extraValues.writeNull(0, 0);
            return;
        }
        int count = RowBytes.readInt(bytes, from);
        int at = from + 4;
        for (int i = 0; i < count; i++) {
            int repetition = i == 0 ? 0 : 1;
            int keyLength = RowBytes.readInt(bytes, at);
            extraKeys.write(Binary.fromReusedByteArray(bytes, at + 4, keyLength), repetition, 2);
            at += 4 + keyLength;
            int valueLength = RowBytes.readInt(bytes, at);
            extraValues.write(
                    Binary.fromReusedByteArray(bytes, at + 4, valueLength), repetition, 2);
            at += 4 + valueLength;
        }
    }

    void writeTo(ParquetFileWriter writer) throws IOException {
        columns.flush();
        if (urlIds != null) {
            addBloomFilter();
        }
        writer.startBlock(rows);
        pages.flushToFileWriter(writer);
        writer.endBlock();
    }

    private void addBloomFilter() {
        int bits = BlockSplitBloomFilter.optimalNumOfBits(rows, UrlFileForm.FALSE_POSITIVES);
        BlockSplitBloomFilter filter = new BlockSplitBloomFilter(bits / Byte.SIZE);
        for (int i = 0; i < rows; i++) {
            filter.insertHash(filter.hash(seenUrlIds[i]));
        }
        pages.getBloomFilterWriter(descriptor(UrlSchema.URL_ID)).writeBloomFilter(filter);
    }

    @Override
    public void close() {
        columns.close();
        pages.close();
        compressor.release();
    }
}
