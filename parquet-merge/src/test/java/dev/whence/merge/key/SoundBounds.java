package dev.whence.merge.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.parquet.PageCodecs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Holds every value of a file against what its metadata is taken to say: each must be allowed by
 * the bounds of its row group and of its page, by the ranges of all values and by the bloom filter.
 */
final class SoundBounds {
    int boundedChunks;
    int boundedPages;
    int unboundedChunks;
    int allNullChunks;
    int bloomFilters;
    int values;

    static SoundBounds check(InputFile file) throws IOException {
        SoundBounds found = new SoundBounds();
        try (ParquetFileReader reader =
                ParquetFileReader.open(
                        file,
                        ParquetReadOptions.builder(new PlainParquetConfiguration())
                                .withCodecFactory(new PageCodecs(3))
                                .build())) {
            MessageType schema = reader.getFileMetaData().getSchema();
            for (BlockMetaData rowGroup : reader.getFooter().getBlocks()) {
                PageReadStore pages = reader.readNextRowGroup();
                for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
                    ColumnDescriptor descriptor =
                            schema.getColumnDescription(chunk.getPath().toArray());
                    if (descriptor.getMaxRepetitionLevel() == 0) {
                        found.check(reader, pages, schema, chunk, KeyColumn.of(descriptor));
                    }
                }
            }
        }
        return found;
    }

    private void check(
            ParquetFileReader reader,
            PageReadStore pages,
            MessageType schema,
            ColumnChunkMetaData chunk,
            KeyColumn column)
            throws IOException {
        List<byte[]> encoded =
                encoded(pages, schema, schema.getColumnDescription(chunk.getPath().toArray()));
        values += encoded.size();
        KeyBounds bounds = KeyBounds.ofChunk(column, chunk.getStatistics(), chunk.getValueCount());
        check(column, bounds, encoded);
        boundedChunks += bounds.isBounded() ? 1 : 0;
        allNullChunks += bounds.nulls() == KeyBounds.Nulls.ALL ? 1 : 0;
        unboundedChunks += bounds.isBounded() || bounds.nulls() == KeyBounds.Nulls.ALL ? 0 : 1;
        BloomFilter bloom = reader.readBloomFilter(chunk);
        if (bloom != null) {
            bloomFilters++;
            BloomProbe probe = new BloomProbe(column);
            assertThat(encoded).allMatch(value -> probe.mayHold(bloom, value));
        }
        ColumnIndex index = reader.readColumnIndex(chunk);
        OffsetIndex offsets = reader.readOffsetIndex(chunk);
        if (index != null && offsets != null) {
            for (int page = 0; page < offsets.getPageCount(); page++) {
                int from = (int) offsets.getFirstRowIndex(page);
                int to = (int) offsets.getLastRowIndex(page, encoded.size()) + 1;
                KeyBounds ofPage = KeyBounds.ofPage(column, index, page, to - from);
                check(column, ofPage, encoded.subList(from, to));
                boundedPages += ofPage.isBounded() ? 1 : 0;
            }
        }
    }

    private static void check(KeyColumn column, KeyBounds bounds, List<byte[]> encoded) {
        KeyRanges ranges = new KeyRanges(column.kind(), 4096);
        boolean nulls = false;
        boolean values = false;
        int checked = 0;
        for (byte[] value : encoded) {
            ranges.add(value, 0, value.length);
            boolean isNull = value[0] == KeyBuffer.NULL;
            nulls |= isNull;
            values |= !isNull;
            if (isNull) {
                assertThat(bounds.mayHoldNull()).isTrue();
            } else if (column.kind() == KeyKind.FLOATING && Arrays.equals(value, KeyRanges.NAN)) {
                assertThat(bounds.mayHoldNaN()).as("NaN in %s", column).isTrue();
            } else if (bounds.isBounded()) {
                assertThat(Arrays.compareUnsigned(bounds.min(), value)).isLessThanOrEqualTo(0);
                assertThat(Arrays.compareUnsigned(bounds.max(), value)).isGreaterThanOrEqualTo(0);
            }
            if (checked++ % 13 == 0) {
                KeyRanges alone = new KeyRanges(column.kind(), 4096);
                alone.add(value, 0, value.length);
                assertThat(alone.close().mayIntersect(bounds)).isTrue();
                assertThat(alone.exactWithin(bounds, 1).orElseThrow()).containsExactly(value);
            }
        }
        switch (bounds.nulls()) {
            case NONE -> assertThat(nulls).isFalse();
            case SOME -> assertThat(nulls && values).isTrue();
            case ALL -> assertThat(values).as("values in %s", column).isFalse();
            case UNKNOWN -> {}
        }
        if (!encoded.isEmpty()) {
            assertThat(ranges.close().mayIntersect(bounds)).isTrue();
        }
    }

    private static List<byte[]> encoded(
            PageReadStore pages, MessageType schema, ColumnDescriptor descriptor) {
        KeyColumn column = KeyColumn.of(descriptor);
        ColumnReader reader =
                new ColumnReadStoreImpl(
                                pages,
                                new GroupRecordConverter(schema).getRootConverter(),
                                schema,
                                "")
                        .getColumnReader(descriptor);
        List<byte[]> encoded = new ArrayList<>();
        KeyBuffer buffer = new KeyBuffer();
        for (long row = 0; row < reader.getTotalValueCount(); row++) {
            buffer.clear();
            column.encode(reader, buffer);
            encoded.add(buffer.copy());
            reader.consume();
        }
        return encoded;
    }
}
