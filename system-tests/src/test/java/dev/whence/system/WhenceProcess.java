package dev.whence.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./whence up} as a process of its own, on free ports. */
final class WhenceProcess implements AutoCloseable {
    private final Path data;
    private final LoggedProcess process;

    private WhenceProcess(Path data, LoggedProcess process) {
        this.data = data;
        this.process = process;
    }

    /** Starts it and waits for its ready line. */
    static WhenceProcess up(Path data, String... options) throws Exception {
        return up(data, Map.of(), options);
    }

    /** Starts it with some environment variables more. */
    static WhenceProcess up(Path data, Map<String, String> environment, String... options)
            throws Exception {
        Files.createDirectories(data);
        var command = new ArrayList<String>();
        command.add(CommandLine.ROOT.resolve("whence").toString());
        command.addAll(List.of("up", "--data", data.toString()));
        command.addAll(List.of("--port", "0", "--kafka-port", "0", "--s3-port", "0"));
        command.addAll(List.of(options));
        LoggedProcess process = LoggedProcess.start(command, environment, data);
        process.awaitLine("^ready: (http://localhost:\\d+)");
        return new WhenceProcess(data, process);
    }

    Server server() throws IOException {
        return new Server(URI.create(addresses().path("http").asText()));
    }

    CommandLine cli() {
        return new CommandLine(Map.of("WHENCE_DATA", data.toString()), data);
    }

    /** The directory of the bucket in the embedded store. */
    Path bucket() {
        return data.resolve("s3/buckets/whence");
    }

    String kafka() throws IOException {
        return addresses().path("kafka").asText();
    }

    /** The script has replaced itself by the Java process, so that this kills the services. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** SIGTERM; returns the exit status. */
    int terminate() throws InterruptedException {
        return process.terminate();
    }

    @Override
    public void close() {
        process.close();
    }

    private JsonNode addresses() throws IOException {
        return new JsonMapper().readTree(data.resolve("standalone.json").toFile());
    }
}
