package dev.whence.faults;

import dev.whence.system.LoggedProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The broker as a process of its own. Ended and started again it has its data and its addresses;
 * ingest comes to it over a link, everybody else straight.
 */
final class Broker implements AutoCloseable {
    private final Path directory;
    private final int port;
    private final int linkedPort;
    private final FaultyLink link;
    private LoggedProcess process;

    private Broker(Path directory, int port, int linkedPort, FaultyLink link) {
        this.directory = directory;
        this.port = port;
        this.linkedPort = linkedPort;
        this.link = link;
    }

    static Broker start(Path directory, RandomGenerator random) throws Exception {
        Files.createDirectories(directory);
        int port;
        int linkedPort;
        try (var one = new ServerSocket(0, 1, FaultyLink.LOOPBACK);
                var other = new ServerSocket(0, 1, FaultyLink.LOOPBACK)) {
            port = one.getLocalPort();
            linkedPort = other.getLocalPort();
        }
        var broker = new Broker(directory, port, linkedPort, new FaultyLink(linkedPort, random));
        broker.start();
        return broker;
    }

    /** Starts it, on the data that it had, and returns when it serves. */
    void start() throws Exception {
        process =
                LoggedProcess.start(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BrokerProcess.class.getName(),
                                directory.resolve("data").toString(),
                                Integer.toString(port),
                                Integer.toString(linkedPort),
                                Integer.toString(link.port())),
                        Map.of(),
                        directory);
        process.awaitLine(BrokerProcess.SERVES);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** SIGTERM. */
    void terminate() throws InterruptedException {
        process.terminate();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    FaultyLink link() {
        return link;
    }

    @Override
    public void close() throws IOException {
        process.close();
        link.close();
    }
}
