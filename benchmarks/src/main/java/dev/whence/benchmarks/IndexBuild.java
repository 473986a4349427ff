package dev.whence.benchmarks;

import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.indexer.Outcome;
import java.util.Locale;

/**
 * A whole index over ten million rows in thousands of files, and publishes of one percent more;
 * beside DuckDB's counts of the same files.
 */
final class IndexBuild {
    private static final long ROWS = 10_000_000;
    private static final int PERCENT_ROWS = 100_000;
    private static final int POOL_MEBIBYTES = 2_300;
    private static final int DELTAS = 5;

    /** What is published, into a lake of its own, before anything is timed: a service has run. */
    private static final long WARMING_ROWS = 1_000_000;

    private IndexBuild() {}

    static void run() throws Exception {
        warmUp();
        try (var scratch = ScratchDirectory.create();
                var lake = new ScaleLake(scratch.path())) {
            lake.land(LandedRows.ofScale(ROWS, POOL_MEBIBYTES), Strategy.APPEND);
            double duckDb = countByDuckDb(lake);
            long start = System.nanoTime();
            Outcome.Published base = lake.publish();
            double whole = seconds(start);
            Version version = base.version();
            long domains = version.counts().domains();
            System.out.printf(
                    Locale.ROOT,
                    "%nIndex over %,d rows in %,d files: %,d domains, %,d bytes of blocks%n",
                    base.report().rowsAdded(),
                    base.report().files(),
                    domains,
                    blockBytes(version));
            line("whence: plan, build, check, publish", whole, whole);
            line("DuckDB: GROUP BY domain, dataset into a table", duckDb, whole);
            IndexBytes.print(version);

            for (int delta = 0; delta < DELTAS; delta++) {
                lake.land(newRows(delta), Strategy.APPEND);
                version = publish(lake, "1 % more by append", whole);
            }
            for (int delta = 0; delta < DELTAS; delta++) {
                lake.land(halfKnownRows(delta), Strategy.INSERT);
                version = publish(lake, "1 % by insert, half of it known", whole);
            }
            System.out.println("After these publishes:");
            IndexBytes.print(version);
        }
    }

    private static void warmUp() throws Exception {
        try (var scratch = ScratchDirectory.create();
                var lake = new ScaleLake(scratch.path())) {
            lake.land(LandedRows.ofScale(WARMING_ROWS, POOL_MEBIBYTES), Strategy.APPEND);
            countByDuckDb(lake);
            lake.publish();
        }
    }

    private static Version publish(ScaleLake lake, String name, double whole) throws Exception {
        long start = System.nanoTime();
        Outcome.Published published = lake.publish();
        double publish = seconds(start);
        int folds = published.report().folds();
        line(folds > 0 ? "%s, takes %d folds in".formatted(name, folds) : name, publish, whole);
        start = System.nanoTime();
        lake.fold();
        line("  folds after it", seconds(start), whole);
        return published.version();
    }

    private static double countByDuckDb(ScaleLake lake) throws Exception {
        try (var duckDb = new DuckDb()) {
            duckDb.execute("SET threads = 2");
            long start = System.nanoTime();
            duckDb.execute(
                    "CREATE TABLE counts AS SELECT domain, dataset_id, count(*) AS urls FROM "
                            + lake.parquet()
                            + " GROUP BY ALL ORDER BY domain, dataset_id");
            return seconds(start);
        }
    }

    /** Another percent of real URLs, of the demo lists. */
    private static LandedRows newRows(int delta) throws Exception {
        var rows = new LandedRows(64);
        var row = new int[1];
        RealUrls.demo((dataset, url) -> {
            if (row[0]++ / PERCENT_ROWS == delta) {
                rows.add("demo-" + dataset, url);
            }
        });
        return rows;
    }

    /** Half a percent that the datasets hold, and half a percent that they do not. */
    private static LandedRows halfKnownRows(int delta) throws Exception {
        var rows = new LandedRows(64);
        var row = new int[1];
        RealUrls.scale(
                (long) PERCENT_ROWS * (delta + 1),
                (dataset, url) -> {
                    if (row[0]++ / PERCENT_ROWS == delta) {
                        rows.add(dataset, row[0] % 2 == 0 ? url : url + "?new=" + row[0]);
                    }
                });
        return rows;
    }

    private static long blockBytes(Version version) {
        return version.generations().stream().mapToLong(g -> g.block().bytes()).sum()
                + version.segments().stream().mapToLong(s -> s.block().bytes()).sum();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void line(String name, double seconds, double whole) {
        System.out.printf(
                Locale.ROOT, "  %-48s %8.3f s  %6.3f x%n", name, seconds, seconds / whole);
    }
}
