package dev.whence.benchmarks;

import dev.whence.catalog.Strategy;
import dev.whence.index.IndexSnapshot;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Lookups over HTTP by wrk, random domains, from the packaged query service; beside the most
 * trivial call of the same server. All share the machine's processors.
 */
final class HttpLookup {
    private static final long ROWS = 2_000_000;
    private static final int POOL_MEBIBYTES = 1_024;
    private static final int DOMAINS = 20_000;
    private static final int ROUNDS = 5;
    private static final int CONNECTIONS = 32;
    private static final int SECONDS = 4;

    private HttpLookup() {}

    static void run() throws Exception {
        try (var scratch = ScratchDirectory.create();
                var lake = new ScaleLake(scratch.path())) {
            lake.land(LandedRows.ofScale(ROWS, POOL_MEBIBYTES), Strategy.APPEND);
            List<String> domains;
            try (IndexSnapshot index = lake.open(lake.publish().version())) {
                domains = domains(index);
            }
            Path lookups = Wrk.lookups(scratch.path(), domains);
            try (var service = QueryProcess.start(lake.location(), scratch.path(), Map.of())) {
                System.out.printf(
                        Locale.ROOT,
                        "%nHTTP, %,d domains asked at random, wrk with %d connections (median of %d)%n",
                        domains.size(),
                        CONNECTIONS,
                        ROUNDS);
                var trivial = new double[ROUNDS];
                var asked = new double[ROUNDS];
                var wrk = new Wrk(service.address(), CONNECTIONS, SECONDS);
                wrk.run("/v1/domain/", lookups);
                wrk.run("/q/health/live", null);
                for (int round = 0; round < ROUNDS; round++) {
                    trivial[round] = wrk.run("/q/health/live", null).rate();
                    asked[round] = wrk.run("/v1/domain/", lookups).rate();
                }
                double limit = median(trivial);
                line("/q/health/live (a limit)", limit, limit);
                line("/v1/domain/{domain}", median(asked), limit);
            }
        }
    }

    /** Some of the domains of an index, as they stand in a path. */
    static List<String> domains(IndexSnapshot index) {
        var domains = new ArrayList<String>();
        new Random(7)
                .ints(DOMAINS, 0, index.domains())
                .forEach(ordinal ->
                        domains.add(
                                URLEncoder.encode(index.domain(ordinal), StandardCharsets.UTF_8)));
        return domains;
    }

    private static double median(double[] rates) {
        double[] sorted = rates.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void line(String name, double rate, double limit) {
        System.out.printf(Locale.ROOT, "  %-44s %,12.0f /s  %6.2f x%n", name, rate, rate / limit);
    }
}
