package dev.whence.benchmarks;

import dev.whence.lake.ChunkPool;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlFileSummary;
import dev.whence.lake.UrlRow;
import dev.whence.lake.UrlRowBuffer;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of the scale data in buffers, one group a dataset, as ingest would hold them, and the files
 * that they become.
 */
final class LandedRows {
    private static final int CHUNK_BYTES = 1 << 20;

    private final UrlRowBuffer buffer;
    private final List<String> datasets;

    /** A file, the place of its dataset in {@link #datasets()}, and what it holds. */
    record Written(Path file, int dataset, UrlFileSummary summary) {}

    private LandedRows(UrlRowBuffer buffer, List<String> datasets) {
        this.buffer = buffer;
        this.datasets = datasets;
    }

    static LandedRows ofScale(long atMostRows, int poolMebibytes) throws IOException {
        var buffer = new UrlRowBuffer(new ChunkPool(CHUNK_BYTES, poolMebibytes));
        var canonicalizer = new UrlCanonicalizer(PublicSuffixes.bundled());
        Map<String, Integer> groups = new LinkedHashMap<>();
        RealUrls.scale(
                atMostRows,
                (dataset, url) -> {
                    byte[] bytes = url.getBytes(StandardCharsets.UTF_8);
                    if (canonicalizer.canonicalize(bytes, 0, bytes.length) == null) {
                        int group = groups.computeIfAbsent(dataset, name -> groups.size());
                        if (!buffer.append(group, canonicalizer.parsed(), UrlRow.NO_TS, Map.of())) {
                            throw new IllegalStateException(
                                    "the rows of the scale data need more than "
                                            + poolMebibytes
                                            + " MiB");
                        }
                    }
                });
        return new LandedRows(buffer, List.copyOf(groups.keySet()));
    }

    List<String> datasets() {
        return datasets;
    }

    long rows() {
        return buffer.rows();
    }

    /** Sorts and writes all groups. */
    List<Written> write(Path directory, boolean distinct, UrlFileOptions options)
            throws IOException {
        var written = new ArrayList<Written>();
        for (int group : buffer.groups()) {
            Path file = directory.resolve("dataset-" + group + ".parquet");
            written.add(new Written(file, group, buffer.write(group, distinct, file, options)));
        }
        return written;
    }
}
