package dev.whence.benchmarks;

import dev.whence.catalog.Strategy;
import dev.whence.index.DatasetCount;
import dev.whence.index.IndexSnapshot;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Lookups, batches and pages of URLs over HTTP by wrk, from the packaged query service; beside the
 * most trivial call of the same server. All share the machine's processors.
 */
final class HttpLookup {
    private static final long ROWS = 2_000_000;
    private static final int POOL_MEBIBYTES = 1_024;
    private static final int DOMAINS = 20_000;
    private static final int DRAWN = 200_000;
    private static final int PAGES = 2_000;
    private static final int URLS_OF_A_PAGE = 100;
    private static final int ROUNDS = 5;
    private static final int CONNECTIONS = 32;

    /** Batches of this size are answered a few at a time. */
    private static final int BATCH_CONNECTIONS = 4;

    private static final int SECONDS = 4;
    private static final String TRIVIAL = "/q/health/live";

    private HttpLookup() {}

    /** A contestant: what it asks, how many things each answer tells, and by how many callers. */
    private record Asked(
            String name, Path script, int things, int connections, List<Double> rates) {
        static Asked of(String name, Path script, int things, int connections) {
            return new Asked(name, script, things, connections, new ArrayList<>());
        }
    }

    static void run() throws Exception {
        try (var scratch = ScratchDirectory.create();
                var lake = new ScaleLake(scratch.path())) {
            lake.land(LandedRows.ofScale(ROWS, POOL_MEBIBYTES), Strategy.APPEND);
            var scripts = new WrkScripts(scratch.path());
            var contestants = new ArrayList<Asked>();
            try (IndexSnapshot index = lake.open(lake.publish().version())) {
                contestants.addAll(contestants(index, scripts));
            }
            try (var service = QueryProcess.start(lake.location(), scratch.path(), Map.of())) {
                System.out.printf(
                        Locale.ROOT,
                        "%nHTTP, wrk with %d connections, %d for batches of 10,000 (median of %d)%n",
                        CONNECTIONS,
                        BATCH_CONNECTIONS,
                        ROUNDS);
                contest(service, contestants);
            }
        }
    }

    private static List<Asked> contestants(IndexSnapshot index, WrkScripts scripts)
            throws Exception {
        var zipf = ZipfDomains.of(index);
        return List.of(
                Asked.of("/v1/domain/{domain}", scripts.lookups(domains(index)), 1, CONNECTIONS),
                Asked.of(
                        "/v1/domain/{domain}, zipf",
                        scripts.paths("zipf", inDomains(zipf.inPaths(DRAWN))),
                        1,
                        CONNECTIONS),
                Asked.of(
                        "/v1/domains:lookup, 100",
                        scripts.posts("hundreds", "/v1/domains:lookup", zipf.batches(500, 100)),
                        100,
                        CONNECTIONS),
                Asked.of(
                        "/v1/domains:lookup, 10,000",
                        scripts.posts("batches", "/v1/domains:lookup", zipf.batches(20, 10_000)),
                        10_000,
                        BATCH_CONNECTIONS),
                Asked.of(
                        "…/urls?limit=100",
                        scripts.paths("pages", pages(index)),
                        URLS_OF_A_PAGE,
                        CONNECTIONS));
    }

    private static void contest(QueryProcess service, List<Asked> contestants) throws Exception {
        var trivial = new ArrayList<Double>();
        var wrk = new Wrk(service.address(), CONNECTIONS, SECONDS);
        wrk.run(TRIVIAL, null);
        for (Asked asked : contestants) {
            ask(service, asked);
        }
        for (int round = 0; round < ROUNDS; round++) {
            trivial.add(wrk.run(TRIVIAL, null).rate());
            for (Asked asked : contestants) {
                asked.rates().add(ask(service, asked));
            }
        }
        double limit = median(trivial);
        line(TRIVIAL + " (a limit)", limit, 1, limit);
        for (Asked asked : contestants) {
            line(asked.name(), median(asked.rates()), asked.things(), limit);
        }
    }

    private static double ask(QueryProcess service, Asked asked) throws Exception {
        System.out.println("    " + asked.name());
        return new Wrk(service.address(), asked.connections(), SECONDS)
                .run("/", asked.script())
                .rate();
    }

    /** Some of the domains of an index, as they stand in a path. */
    static List<String> domains(IndexSnapshot index) {
        var domains = new ArrayList<String>();
        new Random(7)
                .ints(DOMAINS, 0, index.domains())
                .forEach(ordinal -> domains.add(inPath(index.domain(ordinal))));
        return domains;
    }

    /** First pages of domains that have as many URLs in a dataset. */
    private static List<String> pages(IndexSnapshot index) {
        var pages = new ArrayList<String>();
        var random = new Random(7);
        while (pages.size() < PAGES) {
            int ordinal = random.nextInt(index.domains());
            for (DatasetCount holding : index.datasetsOf(ordinal)) {
                if (holding.urls() >= URLS_OF_A_PAGE) {
                    pages.add(
                            "/v1/domain/%s/datasets/%d/urls?limit=%d"
                                    .formatted(
                                            inPath(index.domain(ordinal)),
                                            holding.datasetId(),
                                            URLS_OF_A_PAGE));
                }
            }
        }
        return pages;
    }

    private static List<String> inDomains(List<String> domains) {
        return domains.stream().map(domain -> "/v1/domain/" + domain).toList();
    }

    private static String inPath(String domain) {
        return URLEncoder.encode(domain, StandardCharsets.UTF_8);
    }

    private static double median(List<Double> rates) {
        return rates.stream().sorted().toList().get(rates.size() / 2);
    }

    private static void line(String name, double rate, int things, double limit) {
        System.out.printf(
                Locale.ROOT,
                "  %-30s %,10.1f /s  %6.3f x  %,12.0f told/s%n",
                name,
                rate,
                rate / limit,
                rate * things);
    }
}
