package dev.whence.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./whence up} as a process of its own on free ports, and the command line beside it. */
final class WhenceProcess implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("whence.root"));
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final Path data;
    private final Process process;
    private final Path output;

    private WhenceProcess(Path data, Process process, Path output) {
        this.data = data;
        this.process = process;
        this.output = output;
    }

    /** Starts it and waits for its ready line. */
    static WhenceProcess up(Path data, String... options) throws Exception {
        WhenceProcess whence = start(data, options);
        whence.awaitReady();
        return whence;
    }

    /** Starts it and waits for nothing. */
    static WhenceProcess start(Path data, String... options) throws IOException {
        Files.createDirectories(data);
        Path output = Files.createTempFile(data, "up-", ".out");
        var command =
                new ArrayList<>(
                        List.of(
                                ROOT.resolve("whence").toString(),
                                "up",
                                "--data",
                                data.toString(),
                                "--port",
                                "0",
                                "--kafka-port",
                                "0",
                                "--s3-port",
                                "0"));
        command.addAll(List.of(options));
        Process process =
                new ProcessBuilder(command)
                        .directory(ROOT.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        return new WhenceProcess(data, process, output);
    }

    void awaitReady() throws Exception {
        Instant deadline = Instant.now().plus(START_TIMEOUT);
        while (Files.readString(output)
                .lines()
                .noneMatch(line -> line.startsWith("ready: http://localhost:"))) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new AssertionError(
                        "whence up was not ready; it printed:\n" + Files.readString(output));
            }
            Thread.sleep(50);
        }
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    Path data() {
        return data;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * kill -9. The script has replaced itself by the Java process, so that the process is the
     * service.
     */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM; returns the exit status. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("whence up did not end 60 s after SIGTERM");
        }
        return process.exitValue();
    }

    /** What the command line did. */
    record Result(int exitCode, String output, String errors) {}

    /** Starts {@code ./whence arguments}. */
    Process command(Path errors, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(ROOT.resolve("whence").toString());
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command).directory(ROOT.toFile()).redirectError(errors.toFile());
        builder.environment().put("WHENCE_DATA", data.toString());
        return builder.start();
    }

    /** Runs {@code ./whence arguments} to its end. */
    Result run(String... arguments) throws Exception {
        Path errors = Files.createTempFile(data, "cli-", ".err");
        Process cli = command(errors, arguments);
        cli.getOutputStream().close();
        String printed = new String(cli.getInputStream().readAllBytes());
        return new Result(cli.waitFor(), printed, Files.readString(errors));
    }

    Addresses addresses() throws IOException {
        JsonNode json = new JsonMapper().readTree(data.resolve("standalone.json").toFile());
        return new Addresses(json.path("http").asText(), json.path("kafka").asText());
    }

    record Addresses(String http, String kafka) {}

    HttpResponse<String> get(String path) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(addresses().http() + path))
                        .timeout(Duration.ofSeconds(30))
                        .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(
                    path + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return new JsonMapper().readTree(answer.body());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(
                    new IOException("interrupted while whence up was ending", e));
        }
    }
}
