package dev.whence.benchmarks;

import dev.whence.catalog.Strategy;
import dev.whence.index.IndexSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.DoubleStream;

/**
 * A thousand versions that are published while wrk looks domains up: no request may fail, and what
 * the query service holds open must not grow. Beside the same load without a publish, and beside
 * the same publishes into another lake, which take the same share of the cores and swap nothing.
 */
final class Swaps {
    private static final long ROWS = 1_000_000;
    private static final int POOL_MEBIBYTES = 512;
    private static final int VERSIONS = 1_000;

    /** Publishes here and elsewhere take turns, so that the machine's other work meets both. */
    private static final int TURNS = 4;

    private static final int WARM_UP_ROUNDS = 5;
    private static final int QUIET_ROUNDS = 5;
    private static final int CONNECTIONS = 8;
    private static final int SECONDS = 4;

    private Swaps() {}

    static void run() throws Exception {
        try (var scratch = ScratchDirectory.create();
                var lake = new ScaleLake(scratch.path());
                var other = new ScaleLake(Files.createDirectory(scratch.path().resolve("other")))) {
            lake.land(LandedRows.ofScale(ROWS, POOL_MEBIBYTES), Strategy.APPEND);
            other.land(LandedRows.ofScale(ROWS, POOL_MEBIBYTES), Strategy.APPEND);
            other.publish();
            List<String> domains;
            try (IndexSnapshot index = lake.open(lake.publish().version())) {
                domains = HttpLookup.domains(index);
            }
            Path lookups = new WrkScripts(scratch.path()).lookups(domains);
            try (var service =
                    QueryProcess.start(
                            lake.location(),
                            scratch.path(),
                            Map.of("WHENCE_QUERY_POLL_INTERVAL", "PT0.02S"))) {
                System.out.printf(
                        Locale.ROOT,
                        "%n%,d swaps under load, wrk with %d connections%n",
                        VERSIONS,
                        CONNECTIONS);
                var wrk = new Wrk(service.address(), CONNECTIONS, SECONDS);
                for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                    wrk.run("/v1/domain/", lookups);
                }
                var quiet = new ArrayList<Wrk.Result>();
                for (int round = 0; round < QUIET_ROUNDS; round++) {
                    quiet.add(wrk.run("/v1/domain/", lookups));
                }
                publish(lake, VERSIONS / 10);
                Held before = Held.by(service.process());
                var elsewhere = new ArrayList<Wrk.Result>();
                var swapping = new ArrayList<Wrk.Result>();
                for (int turn = 0; turn < TURNS; turn++) {
                    elsewhere.addAll(whilePublishing(other, wrk, lookups));
                    swapping.addAll(whilePublishing(lake, wrk, lookups));
                }
                Held after = Held.by(service.process());
                line("without a publish", quiet, elsewhere);
                line("while others' versions come", elsewhere, elsewhere);
                line("while its versions come", swapping, elsewhere);
                System.out.printf(
                        "  held after %d versions: %s, after %d: %s%n",
                        VERSIONS / 10, before, VERSIONS + VERSIONS / 10, after);
            }
        }
    }

    private static List<Wrk.Result> whilePublishing(ScaleLake lake, Wrk wrk, Path lookups)
            throws Exception {
        try (var publisher = Executors.newSingleThreadExecutor()) {
            Callable<Integer> publishing = () -> publish(lake, VERSIONS / TURNS);
            var versions = publisher.submit(publishing);
            var results = new ArrayList<Wrk.Result>();
            while (!versions.isDone()) {
                results.add(wrk.run("/v1/domain/", lookups));
            }
            versions.get();
            return results;
        }
    }

    /** Publishes versions of one URL each. */
    private static int publish(ScaleLake lake, int versions) throws IOException {
        for (int version = 0; version < versions; version++) {
            var rows = new LandedRows(4);
            rows.add("swaps", "http://swaps.example/" + System.nanoTime());
            lake.land(rows, Strategy.APPEND);
            lake.publish();
            lake.fold();
        }
        return versions;
    }

    private static void line(String name, List<Wrk.Result> results, List<Wrk.Result> one) {
        System.out.printf(
                Locale.ROOT,
                "  %-28s %,10.0f /s  %5.2f x   p99 %6.2f ms  %5.2f x%n",
                name,
                median(results.stream().mapToDouble(Wrk.Result::rate)),
                median(results.stream().mapToDouble(Wrk.Result::rate))
                        / median(one.stream().mapToDouble(Wrk.Result::rate)),
                median(results.stream().mapToDouble(Wrk.Result::p99Millis)),
                median(results.stream().mapToDouble(Wrk.Result::p99Millis))
                        / median(one.stream().mapToDouble(Wrk.Result::p99Millis)));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
