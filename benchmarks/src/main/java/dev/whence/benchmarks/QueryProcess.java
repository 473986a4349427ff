package dev.whence.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged query service over a store in a directory. */
record QueryProcess(Process process, String address) implements AutoCloseable {
    private static final Pattern LISTENING =
            Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");

    static QueryProcess start(Path store, Path directory, Map<String, String> environment)
            throws Exception {
        Path output = directory.resolve("query.log");
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
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
        builder.environment().putAll(environment);
        Process process = builder.start();
        while (process.isAlive()) {
            Matcher listening = LISTENING.matcher(Files.readString(output));
            if (listening.find() && isReady(listening.group(1))) {
                return new QueryProcess(process, listening.group(1));
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("the query service ended:\n" + Files.readString(output));
    }

    private static boolean isReady(String address) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(address + "/q/health/ready"));
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode()
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
