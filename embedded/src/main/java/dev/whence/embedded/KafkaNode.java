package dev.whence.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * What the broker is told: its ports, its directory, and settings that make one small node start,
 * stop and start again quickly.
 *
 * @param logDirectory where topics and metadata lie
 * @param detours other ways to it
 */
record KafkaNode(
        Path logDirectory, int brokerPort, int controllerPort, List<EmbeddedKafka.Detour> detours) {
    static final String LOOPBACK = "127.0.0.1";
    private static final int NODE_ID = 1;
    private static final String CLIENTS = "PLAINTEXT";
    private static final String CONTROLLER = "CONTROLLER";
    private static final String DETOUR = "DETOUR";

    /** A port of 0 becomes a free one, which another process may take before the broker does. */
    static KafkaNode onFreePorts(
            Path logDirectory, int brokerPort, List<EmbeddedKafka.Detour> detours)
            throws IOException {
        InetAddress loopback = InetAddress.ofLiteral(LOOPBACK);
        // Both are held until both are known, or the second could be the first again.
        try (ServerSocket broker = new ServerSocket(0, 1, loopback);
                ServerSocket controller = new ServerSocket(0, 1, loopback)) {
            return new KafkaNode(
                    logDirectory,
                    brokerPort == 0 ? broker.getLocalPort() : brokerPort,
                    controller.getLocalPort(),
                    detours);
        }
    }

    String bootstrapServers() {
        return LOOPBACK + ":" + brokerPort;
    }

    /** Gives the directory a cluster id and a node id, unless it has them. */
    void format() throws IOException {
        if (Files.exists(logDirectory.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(logDirectory);
        try (PrintStream silent =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setDirectories(List.of(logDirectory.toString()))
                    .setMetadataLogDirectory(logDirectory.toString())
                    .setControllerListenerName(CONTROLLER)
                    // A kill in the middle of formatting leaves a part of it behind.
                    .setIgnoreFormatted(true)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot format " + logDirectory + " for Kafka", e);
        }
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + LOOPBACK + ":" + controllerPort);
        String clients = listener(CLIENTS, brokerPort);
        String advertised = clients;
        String listeners = clients + "," + listener(CONTROLLER, controllerPort);
        String protocols = "%s:PLAINTEXT,%s:PLAINTEXT".formatted(CLIENTS, CONTROLLER);
        for (int number = 0; number < detours.size(); number++) {
            EmbeddedKafka.Detour detour = detours.get(number);
            String name = DETOUR + number;
            listeners += "," + listener(name, detour.listenPort());
            advertised += "," + listener(name, detour.advertisedPort());
            protocols += ",%s:PLAINTEXT".formatted(name);
        }
        settings.put("listeners", listeners);
        settings.put("advertised.listeners", advertised);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("inter.broker.listener.name", CLIENTS);
        settings.put("listener.security.protocol.map", protocols);
        settings.put("log.dirs", logDirectory.toString());
        settings.put("auto.create.topics.enable", "false");

        settings.put("message.max.bytes", Integer.toString(EmbeddedKafka.MAX_MESSAGE_BYTES));
        settings.put("replica.fetch.max.bytes", Integer.toString(EmbeddedKafka.MAX_MESSAGE_BYTES));

        // One node has one replica of everything.
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "3");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "3");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");

        // After a kill the controller still holds the dead broker's session, and the new one waits
        // for its end: 9 seconds by default.
        settings.put("broker.session.timeout.ms", "1500");
        settings.put("broker.heartbeat.interval.ms", "300");
        settings.put("group.initial.rebalance.delay.ms", "0");

        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "1");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        return settings;
    }

    private static String listener(String name, int port) {
        return "%s://%s:%d".formatted(name, LOOPBACK, port);
    }
}
