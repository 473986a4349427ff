package dev.whence.benchmarks;

import dev.whence.lake.UrlFileOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Bytes of a URL on disk, all columns, distinct rows of the scale data in one file a dataset;
 * beside DuckDB's Parquet and its own table of the same rows.
 */
final class BytesOnDisk {
    private static final long ROWS = 8_790_000;
    private static final int POOL_MEBIBYTES = 2_048;

    private BytesOnDisk() {}

    static void run() throws Exception {
        try (var scratch = ScratchDirectory.create();
                var duckDb = new DuckDb()) {
            LandedRows rows = LandedRows.ofScale(ROWS, POOL_MEBIBYTES);
            Path with = Files.createDirectory(scratch.path().resolve("with"));
            Path without = Files.createDirectory(scratch.path().resolve("without"));
            UrlFileOptions defaults = UrlFileOptions.DEFAULT;
            List<LandedRows.Written> whole = rows.write(with, true, defaults);
            List<LandedRows.Written> lean =
                    rows.write(
                            without,
                            true,
                            new UrlFileOptions(
                                    defaults.zstdLevel(),
                                    defaults.pageRows(),
                                    defaults.rowGroupBytes(),
                                    false));
            long count = whole.stream().mapToLong(file -> file.summary().rows()).sum();
            double ours = bytes(whole) / (double) count;

            Path copy = scratch.path().resolve("duckdb.parquet");
            duckDb.execute(
                    "CREATE TABLE urls AS SELECT * FROM read_parquet('"
                            + with
                            + "/*.parquet', filename = true) ORDER BY filename, domain, host, path_query, scheme");
            duckDb.execute("COPY urls TO '" + copy + "' (FORMAT parquet, COMPRESSION zstd)");
            Path table = scratch.path().resolve("table.duckdb");
            duckDb.execute("ATTACH '" + table + "' AS disk");
            duckDb.execute("CREATE TABLE disk.urls AS SELECT * EXCLUDE (filename) FROM urls");
            duckDb.execute("CHECKPOINT disk");
            duckDb.execute("DETACH disk");

            System.out.printf(
                    "%nBytes of a URL on disk (%,d distinct rows of %,d datasets)%n",
                    count, whole.size());
            line("whence", ours, ours);
            line("whence, without url_id", bytes(lean) / (double) count, ours);
            line("DuckDB, Parquet with zstd, same order", Files.size(copy) / (double) count, ours);
            line("DuckDB, its own table, same order", Files.size(table) / (double) count, ours);
        }
    }

    private static long bytes(List<LandedRows.Written> files) {
        return files.stream().mapToLong(file -> file.summary().bytes()).sum();
    }

    private static void line(String name, double bytes, double ours) {
        System.out.printf("  %-44s %10.2f B  %6.2f x%n", name, bytes, bytes / ours);
    }
}
