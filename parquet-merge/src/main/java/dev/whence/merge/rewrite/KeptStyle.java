package dev.whence.merge.rewrite;

import dev.whence.merge.ChunkStyle;
import dev.whence.merge.FileStyle;
import dev.whence.parquet.FooterOrder;
import dev.whence.parquet.FooterSeal;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Writes files as those of the target are written: codecs, encodings, bloom filters, order. */
public final class KeptStyle implements FileStyle {
    private static final int ZSTD_LEVEL = 3;
    private static final int PAGE_BYTES = 1 << 20;
    private static final int PAGE_ROWS = 20_000;
    private static final double FALSE_POSITIVES = 0.01;
    private static final int LARGEST_BLOOM_BYTES = 16 << 20;

    /** Pages of this many rows at least, whatever the old ones had. */
    private static final long LEAST_PAGE_ROWS = 500;

    private static final Set<CompressionCodecName> WRITTEN =
            Set.of(
                    CompressionCodecName.UNCOMPRESSED,
                    CompressionCodecName.SNAPPY,
                    CompressionCodecName.GZIP,
                    CompressionCodecName.ZSTD);

    @Override
    public ChunkStyle chunk(
            ColumnDescriptor leaf, Optional<ColumnChunkMetaData> replaced, long rows) {
        ParquetProperties.Builder properties =
                ParquetProperties.builder()
                        .withPageSize(PAGE_BYTES)
                        .withPageRowCountLimit(pageRows(replaced, rows))
                        .withMinRowCountForPageSizeCheck(20)
                        .withPageWriteChecksumEnabled(true)
                        .withWriterVersion(version(replaced));
        KeptEncoding encoding = KeptEncoding.of(leaf, replaced);
        properties.withValuesWriterFactory(encoding);
        if (replaced.filter(chunk -> chunk.getBloomFilterOffset() >= 0).isPresent() && rows > 0) {
            String path = String.join(".", leaf.getPath());
            properties
                    .withBloomFilterEnabled(path, true)
                    .withBloomFilterNDV(path, rows)
                    .withBloomFilterFPP(path, FALSE_POSITIVES)
                    .withMaxBloomFilterBytes(LARGEST_BLOOM_BYTES);
        }
        CompressionCodecName codec =
                replaced.map(ColumnChunkMetaData::getCodec)
                        .filter(WRITTEN::contains)
                        .orElse(CompressionCodecName.ZSTD);
        return new ChunkStyle(properties.build(), codec, ZSTD_LEVEL);
    }

    @Override
    public Optional<ChunkStyle> pages(ColumnDescriptor leaf, ColumnChunkMetaData kept) {
        if (!WRITTEN.contains(kept.getCodec())) {
            return Optional.empty();
        }
        ParquetProperties properties =
                ParquetProperties.builder()
                        .withPageSize(PAGE_BYTES)
                        // A page stays one: its rows were few enough before.
                        .withPageRowCountLimit(Integer.MAX_VALUE)
                        .withMinRowCountForPageSizeCheck(20)
                        .withWriterVersion(WriterVersion.PARQUET_1_0)
                        .withValuesWriterFactory(
                                KeptEncoding.of(leaf, Optional.of(kept)).withoutDictionary())
                        .build();
        return Optional.of(new ChunkStyle(properties, kept.getCodec(), ZSTD_LEVEL));
    }

    @Override
    public Map<String, String> keyValues(Map<String, String> replaced) {
        var kept = new HashMap<>(replaced);
        // Seals are of the old file.
        kept.remove(FooterSeal.FOOTER_KEY);
        kept.remove(FooterSeal.INDEXES_KEY);
        return kept;
    }

    @Override
    public byte[] finish(byte[] tail, long tailOffset, List<List<Order>> orders)
            throws IOException {
        return FooterOrder.note(
                tail,
                orders.stream()
                        .map(order ->
                                order.stream()
                                        .map(column ->
                                                new FooterOrder.Column(
                                                        column.leaf(),
                                                        column.descending(),
                                                        column.nullsFirst()))
                                        .toList())
                        .toList());
    }

    private static WriterVersion version(Optional<ColumnChunkMetaData> replaced) {
        return replaced.map(ColumnChunkMetaData::getEncodingStats)
                        .filter(EncodingStats::usesV2Pages)
                        .isPresent()
                ? WriterVersion.PARQUET_2_0
                : WriterVersion.PARQUET_1_0;
    }

    /** As many rows a page as the old chunk had on average, where it says how many pages it has. */
    private static int pageRows(Optional<ColumnChunkMetaData> replaced, long rows) {
        EncodingStats stats = replaced.map(ColumnChunkMetaData::getEncodingStats).orElse(null);
        if (stats == null || rows == 0) {
            return PAGE_ROWS;
        }
        long pages =
                stats.getDataEncodings().stream().mapToLong(stats::getNumDataPagesEncodedAs).sum();
        return pages <= 1
                ? PAGE_ROWS
                : (int) Math.clamp((rows + pages - 1) / pages, LEAST_PAGE_ROWS, PAGE_ROWS);
    }
}
