package dev.whence.benchmarks;

import dev.whence.catalog.Strategy;
import dev.whence.index.IndexSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToLongFunction;

/**
 * Minutes of lookups whose domains follow Zipf's law, while versions are published: what the query
 * service holds in its last minute must be what it held in its first, once it is warm. Fails where
 * something grew by more than its bound.
 */
final class Soak {
    private static final long ROWS = 2_000_000;
    private static final int POOL_MEBIBYTES = 1_024;
    private static final int DRAWN = 500_000;
    private static final int CONNECTIONS = 16;
    private static final Duration WARM_UP = Duration.ofMinutes(1);
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(10);
    private static final Duration BETWEEN_VERSIONS = Duration.ofSeconds(2);
    private static final int URLS_OF_A_VERSION = 100;
    private static final int DEFAULT_MINUTES = 10;

    private Soak() {}

    /** What was held so long after the service was warm. */
    private record Sample(Duration at, Held held, long heapMebibytes) {}

    /** What is watched, and by how much it may grow: a part of itself, and some beside. */
    private record Watched(String name, ToLongFunction<Sample> value, double part, long beside) {
        static List<Watched> all() {
            return List.of(
                    new Watched("resident MiB", s -> s.held().residentMebibytes(), 0.10, 16),
                    new Watched("heap after a full GC, MiB", Sample::heapMebibytes, 0.10, 16),
                    // As many as the stack of segments has just then.
                    new Watched("mappings", s -> s.held().mappings(), 0.10, 64),
                    new Watched("open files", s -> s.held().files(), 0.10, 8));
        }
    }

    /**
     * {@code [--minutes N]}
     *
     * @throws IllegalArgumentException that says what can be asked for
     */
    static int minutes(List<String> options) {
        if (options.isEmpty()) {
            return DEFAULT_MINUTES;
        }
        if (options.size() != 2
                || !options.getFirst().equals("--minutes")
                || !options.getLast().matches("[2-9]|[1-9][0-9]{1,2}")) {
            throw new IllegalArgumentException(
                    String.join(" ", options) + " is not known; there is --minutes N (2 to 999)");
        }
        return Integer.parseInt(options.getLast());
    }

    static void run(int minutes) throws Exception {
        try (var scratch = ScratchDirectory.create();
                var lake = new ScaleLake(scratch.path())) {
            lake.land(LandedRows.ofScale(ROWS, POOL_MEBIBYTES), Strategy.APPEND);
            Path lookups;
            try (IndexSnapshot index = lake.open(lake.publish().version())) {
                lookups =
                        new WrkScripts(scratch.path())
                                .lookups(ZipfDomains.of(index).inPaths(DRAWN));
            }
            var collections = new CollectorLog(scratch.path().resolve("gc.log"));
            try (var service =
                    QueryProcess.start(
                            lake.location(), scratch.path(), collections.environment())) {
                System.out.printf(
                        Locale.ROOT,
                        "%nsoak, %d minutes after one to warm up, wrk with %d connections, a version every %d s%n",
                        minutes,
                        CONNECTIONS,
                        BETWEEN_VERSIONS.toSeconds());
                judge(soak(service, lake, lookups, collections, Duration.ofMinutes(minutes)));
            }
        }
    }

    private static List<Sample> soak(
            QueryProcess service,
            ScaleLake lake,
            Path lookups,
            CollectorLog collections,
            Duration length)
            throws Exception {
        var wrk =
                new Wrk(
                        service.address(),
                        CONNECTIONS,
                        (int) WARM_UP.plus(length).plusSeconds(30).toSeconds());
        try (var workers = Executors.newFixedThreadPool(2)) {
            Callable<Wrk.Result> asking = () -> wrk.run("/v1/domain/", lookups);
            Future<Wrk.Result> asked = workers.submit(asking);
            Callable<Integer> publishing = () -> publish(lake, asked);
            Future<Integer> published = workers.submit(publishing);
            Thread.sleep(WARM_UP);
            var samples = new ArrayList<Sample>();
            long warm = System.nanoTime();
            for (Duration at = Duration.ZERO;
                    at.compareTo(length) < 0;
                    at = Duration.ofNanos(System.nanoTime() - warm)) {
                Thread.sleep(BETWEEN_SAMPLES);
                long live = collections.liveMebibytes(service.process());
                var sample = new Sample(at, Held.by(service.process()), live);
                System.out.println("    " + sample);
                samples.add(sample);
            }
            Wrk.Result result = asked.get();
            System.out.printf(
                    Locale.ROOT,
                    "  %,.0f lookups/s, p99 %.2f ms, none failed; %d versions published%n",
                    result.rate(),
                    result.p99Millis(),
                    published.get());
            return samples;
        }
    }

    /** Publishes versions of some URLs each for as long as somebody asks. */
    private static int publish(ScaleLake lake, Future<?> asked)
            throws IOException, InterruptedException {
        int versions = 0;
        for (; !asked.isDone(); versions++) {
            var rows = new LandedRows(4);
            for (int url = 0; url < URLS_OF_A_VERSION; url++) {
                rows.add("soak", "http://soak-%d-%d.example/".formatted(versions, url));
            }
            lake.land(rows, Strategy.APPEND);
            lake.publish();
            lake.fold();
            Thread.sleep(BETWEEN_VERSIONS);
        }
        return versions;
    }

    private static void judge(List<Sample> samples) {
        Duration minute = Duration.ofMinutes(1);
        Duration lastMinute = samples.getLast().at().minus(minute);
        List<Sample> first =
                samples.stream().filter(each -> each.at().compareTo(minute) < 0).toList();
        List<Sample> last =
                samples.stream().filter(each -> each.at().compareTo(lastMinute) >= 0).toList();
        var grown = new ArrayList<String>();
        System.out.println("  medians of the first minute and the last, and the most there may be");
        for (Watched watched : Watched.all()) {
            long before = median(first, watched.value());
            long after = median(last, watched.value());
            long bound = Math.round(before * (1 + watched.part())) + watched.beside();
            System.out.printf(
                    Locale.ROOT,
                    "  %-26s %,8d  %,8d  %6.2f x  (%,d)%n",
                    watched.name(),
                    before,
                    after,
                    (double) after / Math.max(before, 1),
                    bound);
            if (after > bound) {
                grown.add(watched.name());
            }
        }
        if (!grown.isEmpty()) {
            throw new IllegalStateException("grew beyond its bound: " + String.join(", ", grown));
        }
    }

    private static long median(List<Sample> samples, ToLongFunction<Sample> value) {
        long[] sorted = samples.stream().mapToLong(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
