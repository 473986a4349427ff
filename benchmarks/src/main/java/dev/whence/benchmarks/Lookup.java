package dev.whence.benchmarks;

import dev.whence.catalog.Strategy;
import dev.whence.index.DatasetCount;
import dev.whence.index.IndexSnapshot;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * From a domain to its datasets with counts, in process and warm; beside DuckDB with an index over
 * the same counts, and beside a hash map, which has everything on the heap.
 */
final class Lookup {
    private static final long ROWS = 8_790_000;
    private static final int POOL_MEBIBYTES = 2_300;
    private static final int ASKED = 200_000;
    private static final int ASKED_OF_DUCKDB = 1_000;
    private static final long SEED = 7;

    private Lookup() {}

    static void run() throws Exception {
        try (var scratch = ScratchDirectory.create();
                var lake = new ScaleLake(scratch.path())) {
            lake.land(LandedRows.ofScale(ROWS, POOL_MEBIBYTES), Strategy.APPEND);
            try (IndexSnapshot index = lake.open(lake.publish().version());
                    var duckDb = new DuckDb()) {
                duckDb.execute(
                        "CREATE TABLE counts AS SELECT domain, dataset_id, count(*) AS urls FROM "
                                + lake.parquet()
                                + " GROUP BY ALL ORDER BY domain");
                duckDb.execute("CREATE INDEX by_domain ON counts (domain)");
                contest(index, duckDb);
            }
        }
    }

    private static void contest(IndexSnapshot index, DuckDb duckDb) throws Exception {
        Map<String, List<DatasetCount>> map = new HashMap<>();
        for (int ordinal = 0; ordinal < index.domains(); ordinal++) {
            map.put(index.domain(ordinal), index.datasetsOf(ordinal));
        }
        List<String> asked = asked(map);
        try (PreparedStatement select =
                duckDb.connection()
                        .prepareStatement("SELECT dataset_id, urls FROM counts WHERE domain = ?")) {
            new Contest(
                            "domain → datasets with counts, of %,d domains, one in ten unknown"
                                    .formatted(index.domains()),
                            ASKED,
                            "lookups")
                    .add(
                            "whence, mapped index",
                            () -> {
                                long urls = 0;
                                for (String domain : asked) {
                                    int ordinal = index.ordinalOf(domain);
                                    if (ordinal >= 0) {
                                        urls += sum(index.datasetsOf(ordinal));
                                    }
                                }
                                return urls;
                            })
                    .add(
                            "HashMap on the heap (a limit)",
                            () -> {
                                long urls = 0;
                                for (String domain : asked) {
                                    List<DatasetCount> counts = map.get(domain);
                                    urls += counts == null ? 0 : sum(counts);
                                }
                                return urls;
                            })
                    .add(
                            "DuckDB, table with an index",
                            ASKED_OF_DUCKDB,
                            () -> {
                                long urls = 0;
                                for (String domain : asked.subList(0, ASKED_OF_DUCKDB)) {
                                    select.setString(1, domain);
                                    try (ResultSet rows = select.executeQuery()) {
                                        while (rows.next()) {
                                            urls += rows.getLong(2);
                                        }
                                    }
                                }
                                return urls;
                            })
                    .run(3, 9);
        }
    }

    /** Domains in random order, some of which nobody holds. */
    private static List<String> asked(Map<String, ?> known) {
        var random = new Random(SEED);
        List<String> domains = new ArrayList<>(known.keySet());
        Collections.sort(domains);
        Collections.shuffle(domains, random);
        var asked = new ArrayList<String>(ASKED);
        for (int i = 0; i < ASKED; i++) {
            String domain = domains.get(i % domains.size());
            asked.add(i % 10 == 0 ? "no-" + domain : domain);
        }
        return asked;
    }

    private static long sum(List<DatasetCount> counts) {
        long urls = 0;
        for (DatasetCount count : counts) {
            urls += count.urls();
        }
        return urls;
    }
}
