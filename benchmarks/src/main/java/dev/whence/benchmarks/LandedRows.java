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

/** Rows in buffers, one group a dataset, as ingest holds them, and the files that they become. */
final class LandedRows {
    private static final int CHUNK_BYTES = 1 << 20;

    private final UrlRowBuffer buffer;
    private final UrlCanonicalizer canonicalizer;
    private final Map<String, Integer> groups = new LinkedHashMap<>();
    private long seen;

    /** A file, the place of its dataset in {@link #datasets()}, and what it holds. */
    record Written(Path file, int dataset, UrlFileSummary summary) {}

    LandedRows(int poolMebibytes) {
        this.buffer = new UrlRowBuffer(new ChunkPool(CHUNK_BYTES, poolMebibytes));
        this.canonicalizer = new UrlCanonicalizer(PublicSuffixes.bundled());
    }

    /** So many rows of the scale data; when it ends, again under other names of datasets. */
    static LandedRows ofScale(long rows, int poolMebibytes) throws IOException {
        var landed = new LandedRows(poolMebibytes);
        for (int pass = 0; landed.seen < rows; pass++) {
            String prefix = pass == 0 ? "" : "again-" + pass + "-";
            RealUrls.scale(rows - landed.seen, (dataset, url) -> landed.add(prefix + dataset, url));
        }
        return landed;
    }

    /** Takes a URL, if it is one. */
    void add(String dataset, String url) {
        seen++;
        byte[] bytes = url.getBytes(StandardCharsets.UTF_8);
        if (canonicalizer.canonicalize(bytes, 0, bytes.length) == null) {
            int group = groups.computeIfAbsent(dataset, name -> groups.size());
            if (!buffer.append(group, canonicalizer.parsed(), UrlRow.NO_TS, Map.of())) {
                throw new IllegalStateException("the rows need more memory than was given");
            }
        }
    }

    List<String> datasets() {
        return List.copyOf(groups.keySet());
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
