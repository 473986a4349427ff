package dev.whence.benchmarks;

import dev.whence.catalog.Strategy;
import dev.whence.index.IndexSnapshot;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+\\w+)");
    private static final Pattern BAD = Pattern.compile("Non-2xx.*|Socket errors.*");

    private HttpLookup() {}

    static void run() throws Exception {
        try (var scratch = ScratchDirectory.create();
                var lake = new ScaleLake(scratch.path())) {
            lake.land(LandedRows.ofScale(ROWS, POOL_MEBIBYTES), Strategy.APPEND);
            List<String> domains;
            try (IndexSnapshot index = lake.open(lake.publish().version())) {
                domains = domains(index);
            }
            Path lookups = script(scratch.path(), domains);
            try (var service = QueryProcess.start(lake.location(), scratch.path())) {
                System.out.printf(
                        Locale.ROOT,
                        "%nHTTP, %,d domains asked at random, wrk with %d connections (median of %d)%n",
                        domains.size(),
                        CONNECTIONS,
                        ROUNDS);
                var trivial = new double[ROUNDS];
                var asked = new double[ROUNDS];
                wrk(service.address(), "/v1/domain/", List.of("-s", lookups.toString()));
                wrk(service.address(), "/q/health/live", List.of());
                for (int round = 0; round < ROUNDS; round++) {
                    trivial[round] = wrk(service.address(), "/q/health/live", List.of());
                    asked[round] =
                            wrk(
                                    service.address(),
                                    "/v1/domain/",
                                    List.of("-s", lookups.toString()));
                }
                double limit = median(trivial);
                line("/q/health/live (a limit)", limit, limit);
                line("/v1/domain/{domain}", median(asked), limit);
            }
        }
    }

    private static double wrk(String address, String path, List<String> options) throws Exception {
        var command =
                new ArrayList<>(List.of("wrk", "-t1", "-c" + CONNECTIONS, "-d4s", "--latency"));
        command.addAll(options);
        command.add(address + path);
        Process wrk;
        try {
            wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IllegalStateException("this benchmark needs wrk (Debian package wrk)", e);
        }
        String printed = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        Matcher bad = BAD.matcher(printed);
        if (bad.find()) {
            throw new IllegalStateException(path + ": " + bad.group());
        }
        Matcher p99 = P99.matcher(printed);
        Matcher rate = RATE.matcher(printed);
        if (!rate.find() || !p99.find()) {
            throw new IllegalStateException("wrk printed:\n" + printed);
        }
        System.out.printf("    %-20s %12s/s  p99 %s%n", path, rate.group(1), p99.group(1));
        return Double.parseDouble(rate.group(1));
    }

    private static Path script(Path directory, List<String> domains) throws IOException {
        Path list = Files.write(directory.resolve("domains.txt"), domains);
        return Files.writeString(
                directory.resolve("lookups.lua"),
                """
                local domains = {}
                for line in io.lines("%s") do domains[#domains + 1] = line end
                request = function()
                  return wrk.format("GET", "/v1/domain/" .. domains[math.random(#domains)])
                end
                """
                        .formatted(list));
    }

    private static List<String> domains(IndexSnapshot index) {
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

    /** The packaged query service over a store in a directory. */
    private record QueryProcess(Process process, String address) implements AutoCloseable {
        private static final Pattern LISTENING =
                Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");

        static QueryProcess start(Path store, Path directory) throws Exception {
            Path output = directory.resolve("query.log");
            var builder =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx512m",
                                    "--enable-native-access=ALL-UNNAMED",
                                    "--sun-misc-unsafe-memory-access=allow",
                                    "-jar",
                                    Path.of(
                                                    System.getProperty("whence.root"),
                                                    "query-service/target/quarkus-app/quarkus-run.jar")
                                            .toString())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().put("WHENCE_STORE_LOCATION", store.toUri().toString());
            builder.environment()
                    .put("WHENCE_QUERY_CACHE_DIRECTORY", directory.resolve("query").toString());
            builder.environment().put("QUARKUS_HTTP_PORT", "0");
            Process process = builder.start();
            while (process.isAlive()) {
                Matcher listening = LISTENING.matcher(Files.readString(output));
                if (listening.find() && isReady(listening.group(1))) {
                    return new QueryProcess(process, listening.group(1));
                }
                Thread.sleep(50);
            }
            throw new IllegalStateException(
                    "the query service ended:\n" + Files.readString(output));
        }

        private static boolean isReady(String address) throws Exception {
            try (var http = HttpClient.newHttpClient()) {
                var request = HttpRequest.newBuilder(URI.create(address + "/q/health/ready"));
                return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            }
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
            process.destroyForcibly();
        }
    }
}
