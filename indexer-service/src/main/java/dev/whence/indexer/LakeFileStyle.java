package dev.whence.indexer;

import dev.whence.lake.UrlFileForm;
import dev.whence.lake.UrlFileOptions;
import dev.whence.merge.ChunkStyle;
import dev.whence.merge.FileStyle;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Merges write URL files, as everybody does who writes to the lake. Thread-safe. */
final class LakeFileStyle implements FileStyle {
    private final UrlFileForm form = new UrlFileForm(UrlFileOptions.DEFAULT);

    @Override
    public ChunkStyle chunk(
            ColumnDescriptor leaf, Optional<ColumnChunkMetaData> replaced, long rows) {
        return new ChunkStyle(
                form.properties(String.join(".", leaf.getPath()), rows),
                CompressionCodecName.ZSTD,
                form.options().zstdLevel());
    }

    @Override
    public long largestDictionaryBytes(ColumnDescriptor leaf) {
        return UrlFileForm.largestDictionaryBytes(String.join(".", leaf.getPath()));
    }

    /** The rules for URLs are one and the same in a version, and those of whoever writes it. */
    @Override
    public Map<String, String> keyValues(Map<String, String> replaced) {
        return form.keyValues();
    }

    /**
     * @throws IllegalStateException if rows are not in the order of URL files: then what was merged
     *     was no URL file
     */
    @Override
    public byte[] finish(byte[] tail, long tailOffset, List<List<Order>> orders)
            throws IOException {
        boolean urlIds =
                Stream.of(true, false)
                        .filter(with -> orders.stream().allMatch(order -> isOf(order, with)))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "rows of a URL file are to be written in the order "
                                                + orders));
        return form.seal(tail, tailOffset, urlIds);
    }

    private static boolean isOf(List<Order> order, boolean urlIds) {
        return order.equals(
                UrlFileForm.sortedBy(urlIds).stream()
                        .map(leaf -> new Order(leaf, false, false))
                        .toList());
    }
}
