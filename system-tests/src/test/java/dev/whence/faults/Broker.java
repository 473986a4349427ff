package dev.whence.faults;

import dev.whence.system.LoggedProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * The broker as a process of its own. Ended and started again it has its data and its addresses;
 * each ingest comes to it over a link of its own, everybody else straight.
 */
final class Broker implements AutoCloseable {
    /** How many ingests there are at most. */
    private static final int LINKS = 2;

    private final Path directory;
    private final int port;

    /** Where the links lead to. */
    private final List<Integer> linkedPorts;

    private final List<FaultyLink> links;
    private LoggedProcess process;

    private Broker(Path directory, int port, List<Integer> linkedPorts, List<FaultyLink> links) {
        this.directory = directory;
        this.port = port;
        this.linkedPorts = linkedPorts;
        this.links = links;
    }

    static Broker start(Path directory, RandomGenerator random) throws Exception {
        Files.createDirectories(directory);
        List<Integer> ports = freePorts(1 + LINKS);
        List<Integer> linkedPorts = ports.subList(1, ports.size());
        var links = new ArrayList<FaultyLink>();
        for (int linkedPort : linkedPorts) {
            links.add(
                    new FaultyLink(
                            "ingest-%d to the broker".formatted(links.size() + 1),
                            linkedPort,
                            random));
        }
        var broker = new Broker(directory, ports.getFirst(), linkedPorts, links);
        broker.start();
        return broker;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var ports = new ArrayList<Integer>();
        var held = new ArrayList<ServerSocket>();
        while (ports.size() < count) {
            var socket = new ServerSocket(0, 1, FaultyLink.LOOPBACK);
            held.add(socket);
            ports.add(socket.getLocalPort());
        }
        // Held until all are known, or one could come twice.
        for (ServerSocket socket : held) {
            socket.close();
        }
        return ports;
    }

    /** Starts it, on the data that it had, and returns when it serves. */
    void start() throws Exception {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BrokerProcess.class.getName(),
                                directory.resolve("data").toString(),
                                Integer.toString(port)));
        for (int link = 0; link < LINKS; link++) {
            command.add(linkedPorts.get(link).toString());
            command.add(Integer.toString(links.get(link).port()));
        }
        process = LoggedProcess.start(command, Map.of(), directory);
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

    /** How many batches ingest could not take. */
    long deadLetters() throws Exception {
        var partition = new TopicPartition(BrokerProcess.DEAD_LETTERS, 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** The way of the first ingest, or the second. */
    FaultyLink link(int ingest) {
        return links.get(ingest);
    }

    @Override
    public void close() throws IOException {
        process.close();
        for (FaultyLink link : links) {
            link.close();
        }
    }
}
