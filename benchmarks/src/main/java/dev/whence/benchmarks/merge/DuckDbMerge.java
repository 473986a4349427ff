package dev.whence.benchmarks.merge;

import dev.whence.benchmarks.DuckDb;
import dev.whence.benchmarks.ProcessReads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one does with DuckDB, which does not change Parquet files: joins the base with the source
 * and writes all of it anew, one file a thread, in no order; of inserts it writes the new rows
 * only. There is no commit.
 */
record DuckDbMerge() implements MergeContestant {
    private static final String KEY = String.join(", ", MergeRow.KEY);

    @Override
    public String name() {
        return "DuckDB, rewriting all";
    }

    @Override
    public boolean takesPart(MergeChange change) {
        return true;
    }

    @Override
    public Made merge(MergeData data, MergeChange change, Path directory) throws Exception {
        List<Path> base = data.copyBase(directory.resolve("table"));
        Path out = directory.resolve("out");
        String target = "read_parquet('" + directory.resolve("table") + "/*.parquet')";
        String source = "read_parquet('" + data.source(change) + "')";
        String rows =
                switch (change.strategy()) {
                    case UPDATE ->
                            "SELECT %s, %s FROM %s t LEFT JOIN %s s USING (%s)"
                                    .formatted(
                                            KEY,
                                            updated("url_id", "ts", "status", "digest"),
                                            target,
                                            source,
                                            KEY);
                    case INSERT ->
                            "SELECT * FROM %s s ANTI JOIN %s t USING (%s)"
                                    .formatted(source, target, KEY);
                    case DELETE ->
                            "SELECT * FROM %s t ANTI JOIN %s s USING (%s)"
                                    .formatted(target, source, KEY);
                    case APPEND, UPSERT, FULL_MERGE, DEDUPLICATE ->
                            throw new IllegalArgumentException("no change has this strategy");
                };
        try (var duckDb = new DuckDb()) {
            duckDb.execute("SET threads = 2");
            duckDb.execute("SET memory_limit = '4GB'");
            duckDb.execute("SET preserve_insertion_order = false");
            long readBefore = ProcessReads.bytes();
            long start = System.nanoTime();
            duckDb.execute(
                    "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION zstd, PER_THREAD_OUTPUT true)"
                            .formatted(rows, out));
            double seconds = MergeContestant.secondsSince(start);
            long bytesRead = ProcessReads.bytes() - readBefore;
            List<Path> written = files(out);
            long bytesWritten = 0;
            for (Path file : written) {
                bytesWritten += Files.size(file);
            }
            var live = new ArrayList<>(written);
            if (change.strategy().onlyAdds()) {
                live.addAll(base);
            }
            return new Made(seconds, bytesRead, bytesWritten, live);
        }
    }

    private static String updated(String... columns) {
        var list = new ArrayList<String>();
        for (String column : columns) {
            list.add(
                    "CASE WHEN s.domain IS NULL THEN t.%1$s ELSE s.%1$s END AS %1$s"
                            .formatted(column));
        }
        return String.join(", ", list);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
