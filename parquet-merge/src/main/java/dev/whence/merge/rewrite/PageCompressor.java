package dev.whence.merge.rewrite;

import dev.whence.merge.ChunkStyle;
import dev.whence.merge.file.RawPages;
import dev.whence.parquet.PageCodecs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Compresses pages of one chunk that take the place of others. Not thread-safe. */
final class PageCompressor implements AutoCloseable {
    /** A page of another length compresses a little better or worse: one part in so many. */
    private static final int TOLERANCE = 200;

    private final ColumnDescriptor leaf;
    private final ChunkStyle style;
    private final PageLevels levels;
    private final Map<Integer, BytesInputCompressor> compressors = new HashMap<>();

    PageCompressor(ColumnDescriptor leaf, ChunkStyle style, PageLevels levels) {
        this.leaf = leaf;
        this.style = style;
        this.levels = levels;
    }

    /** Compresses what takes the place of a page, about as densely. */
    BytesInput compress(BytesInput plain, RawPages.Page before) throws IOException {
        int most = style.zstdLevel();
        int level = style.codec() == CompressionCodecName.ZSTD ? levels.of(leaf, most) : most;
        BytesInput body = compress(plain, level);
        while (level < most && isLessDense(body.size(), plain.size(), before)) {
            levels.tooFast(leaf, level);
            level++;
            body = compress(plain, level);
        }
        return body;
    }

    private static boolean isLessDense(long bytes, long plainBytes, RawPages.Page before) {
        double allowed = (double) plainBytes * before.body().size() / before.plainBytes();
        return bytes > allowed + allowed / TOLERANCE;
    }

    /** Compresses as the style says. */
    BytesInput compress(BytesInput plain) throws IOException {
        return compress(plain, style.zstdLevel());
    }

    private BytesInput compress(BytesInput plain, int level) throws IOException {
        BytesInputCompressor compressor =
                compressors.computeIfAbsent(
                        level, _ -> new PageCodecs(level).getCompressor(style.codec()));
        // What a compressor returns is valid until its next page only.
        var body = new ByteArrayOutputStream((int) plain.size() / 2 + 64);
        compressor.compress(plain).writeAllTo(body);
        return BytesInput.from(body.toByteArray());
    }

    @Override
    public void close() {
        compressors.values().forEach(BytesInputCompressor::release);
    }
}
