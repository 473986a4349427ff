package dev.whence.indexer;

import dev.whence.lake.UrlFileForm;
import dev.whence.lake.UrlFileOptions;
import dev.whence.merge.ChunkStyle;
import dev.whence.merge.FileStyle;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Lets a merge write the lake's own files: sealed, sorted, with small pages. Thread-safe. */
final class LakeStyle implements FileStyle {
    private final UrlFileOptions options;

    LakeStyle(UrlFileOptions options) {
        this.options = options;
    }

    @Override
    public ChunkStyle chunk(
            ColumnDescriptor leaf, Optional<ColumnChunkMetaData> replaced, long rows) {
        ParquetProperties.Builder properties = UrlFileForm.properties(options);
        String path = String.join(".", leaf.getPath());
        if (path.equals(UrlFileForm.URL_ID)) {
            properties
                    .withBloomFilterEnabled(path, true)
                    .withBloomFilterNDV(path, rows)
                    .withBloomFilterFPP(path, UrlFileForm.FALSE_POSITIVES)
                    .withMaxBloomFilterBytes(Integer.MAX_VALUE);
        }
        return new ChunkStyle(properties.build(), CompressionCodecName.ZSTD, options.zstdLevel());
    }

    @Override
    public long largestDictionaryBytes(ColumnDescriptor leaf) {
        return UrlFileForm.DICTIONARIES.contains(String.join(".", leaf.getPath()))
                ? UrlFileForm.LARGEST_DICTIONARY_BYTES
                : Long.MAX_VALUE;
    }

    @Override
    public Map<String, String> keyValues(Map<String, String> replaced) {
        return UrlFileForm.keyValues();
    }

    @Override
    public byte[] finish(byte[] tail, long tailOffset, List<List<Order>> orders)
            throws IOException {
        List<Integer> sortedBy = orders.getFirst().stream().map(Order::leaf).toList();
        if (sortedBy.isEmpty()
                || orders.stream().anyMatch(order -> !order.equals(orders.getFirst()))) {
            throw new IllegalStateException("a URL file needs sorted row groups, found " + orders);
        }
        return UrlFileForm.seal(tail, tailOffset, sortedBy);
    }
}
