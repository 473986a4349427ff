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
import java.util.stream.Stream;

/**
 * A thousand versions that are published while wrk looks domains up: no request may fail, and what
 * the query service holds open must not grow. Beside the same load without a publish.
 */
final class Swaps {
    private static final long ROWS = 1_000_000;
    private static final int POOL_MEBIBYTES = 512;
    private static final int VERSIONS = 1_000;
    private static final int WARM_UP_ROUNDS = 5;
    private static final int QUIET_ROUNDS = 5;
    private static final int CONNECTIONS = 8;
    private static final int SECONDS = 4;

    private Swaps() {}

    /** What the service's process holds, as the kernel says. */
    private record Held(long files, long mappings, long residentMebibytes) {
        static Held by(Process process) throws IOException {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            long resident =
                    Files.readAllLines(proc.resolve("status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                            .sum();
            try (Stream<Path> files = Files.list(proc.resolve("fd"));
                    Stream<String> maps = Files.lines(proc.resolve("maps"))) {
                return new Held(
                        files.count(),
                        maps.filter(map -> map.contains("/query/")).count(),
                        resident);
            }
        }
    }

    static void run() throws Exception {
        try (var scratch = ScratchDirectory.create();
                var lake = new ScaleLake(scratch.path())) {
            lake.land(LandedRows.ofScale(ROWS, POOL_MEBIBYTES), Strategy.APPEND);
            List<String> domains;
            try (IndexSnapshot index = lake.open(lake.publish().version())) {
                domains = HttpLookup.domains(index);
            }
            Path lookups = Wrk.lookups(scratch.path(), domains);
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
                List<Wrk.Result> swapping = whilePublishing(lake, wrk, lookups);
                Held after = Held.by(service.process());
                line("without a publish", quiet, quiet);
                line("while versions come", swapping, quiet);
                System.out.printf(
                        "  held after %d versions: %s, after %d: %s%n",
                        VERSIONS / 10, before, VERSIONS + VERSIONS / 10, after);
            }
        }
    }

    private static List<Wrk.Result> whilePublishing(ScaleLake lake, Wrk wrk, Path lookups)
            throws Exception {
        try (var publisher = Executors.newSingleThreadExecutor()) {
            Callable<Double> publishing = () -> publish(lake, VERSIONS);
            var seconds = publisher.submit(publishing);
            var results = new ArrayList<Wrk.Result>();
            while (!seconds.isDone()) {
                results.add(wrk.run("/v1/domain/", lookups));
            }
            System.out.printf(Locale.ROOT, "  %,d versions in %.0f s%n", VERSIONS, seconds.get());
            return results;
        }
    }

    /** Publishes versions of one URL each, and says how long that took. */
    private static double publish(ScaleLake lake, int versions) throws IOException {
        long start = System.nanoTime();
        for (int version = 0; version < versions; version++) {
            var rows = new LandedRows(4);
            rows.add("swaps", "http://swaps.example/" + System.nanoTime());
            lake.land(rows, Strategy.APPEND);
            lake.publish();
            lake.fold();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void line(String name, List<Wrk.Result> results, List<Wrk.Result> quiet) {
        System.out.printf(
                Locale.ROOT,
                "  %-24s %,10.0f /s  %5.2f x   p99 %6.2f ms  %5.2f x%n",
                name,
                median(results.stream().mapToDouble(Wrk.Result::rate)),
                median(results.stream().mapToDouble(Wrk.Result::rate))
                        / median(quiet.stream().mapToDouble(Wrk.Result::rate)),
                median(results.stream().mapToDouble(Wrk.Result::p99Millis)),
                median(results.stream().mapToDouble(Wrk.Result::p99Millis))
                        / median(quiet.stream().mapToDouble(Wrk.Result::p99Millis)));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
