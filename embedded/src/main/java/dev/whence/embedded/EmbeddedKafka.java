package dev.whence.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;

/**
 * One KRaft node, broker and controller, on loopback. Started again on the same directory it has
 * its topics and records, also after a kill: an acknowledged record is in the operating system's
 * page cache, so that only the machine's own end can lose it. Clients may call it from any thread.
 */
public final class EmbeddedKafka implements AutoCloseable {

    /**
     * The largest record batch that the broker takes, in bytes. A producer that sends more than 1
     * MiB must raise its own {@code max.request.size} as well.
     */
    public static final int MAX_MESSAGE_BYTES = 8 << 20;

    private static final int MAX_STARTS = 5;
    private static final int CALL_TIMEOUT_SECONDS = 30;
    private static final Object STARTING = new Object();

    private final DirectoryLock lock;
    private final KafkaNode node;
    private final KafkaRaftServer server;
    private boolean closed;

    private EmbeddedKafka(DirectoryLock lock, KafkaNode node, KafkaRaftServer server) {
        this.lock = lock;
        this.node = node;
        this.server = server;
    }

    /**
     * Starts it and returns when it serves; port 0 takes a free one. The directory is made if it is
     * not there.
     *
     * @throws IOException if another process uses the directory, or the port is taken
     */
    public static EmbeddedKafka start(Path directory, int port) throws IOException {
        return start(directory, port, List.of());
    }

    /**
     * Another way to the broker, for tests of what happens on it: whoever comes to a port of his
     * own is told to go on by another, from where somebody must lead to the first.
     *
     * @param listenPort where the broker listens besides; free
     * @param advertisedPort where clients that came to it are told to go
     */
    public record Detour(int listenPort, int advertisedPort) {}

    /** As {@link #start(Path, int)}, with other ways to it. */
    public static EmbeddedKafka start(Path directory, int port, List<Detour> detours)
            throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        DirectoryLock lock = DirectoryLock.take(absolute);
        boolean started = false;
        try {
            EmbeddedKafka kafka = startLocked(lock, absolute.resolve("log"), port, detours);
            started = true;
            return kafka;
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    private static EmbeddedKafka startLocked(
            DirectoryLock lock, Path logDirectory, int port, List<Detour> detours)
            throws IOException {
        if (port != 0) {
            requireFree(port);
        }
        for (int attempt = 1; ; attempt++) {
            KafkaNode node = KafkaNode.onFreePorts(logDirectory, port, detours);
            node.format();
            try {
                return new EmbeddedKafka(lock, node, serve(node));
            } catch (RuntimeException e) {
                // A free port was taken by somebody else before the broker came to it: try others.
                if (!isCausedByBind(e) || attempt == MAX_STARTS) {
                    throw new IOException(
                            "Kafka did not start on %s in %s: %s"
                                    .formatted(
                                            node.bootstrapServers(), logDirectory, e.getMessage()),
                            e);
                }
            }
        }
    }

    private static void requireFree(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.ofLiteral(KafkaNode.LOOPBACK), port));
        } catch (BindException e) {
            throw new IOException(
                    "port %d of %s is taken: choose another, or 0 for a free one"
                            .formatted(port, KafkaNode.LOOPBACK),
                    e);
        }
    }

    /**
     * Kafka ends the whole process when it cannot start. Here that is an exception instead; once it
     * runs, a fatal fault of the broker ends the process again, as it should.
     */
    static KafkaRaftServer serve(KafkaNode node) {
        synchronized (STARTING) {
            Exit.setExitProcedure((_, _) -> {});
            Exit.setHaltProcedure((_, _) -> {});
            try {
                KafkaRaftServer server =
                        new KafkaRaftServer(new KafkaConfig(node.settings(), false), Time.SYSTEM);
                boolean serves = false;
                try {
                    server.startup();
                    serves = true;
                    return server;
                } finally {
                    if (!serves) {
                        server.shutdown();
                        server.awaitShutdown();
                    }
                }
            } finally {
                Exit.resetExitProcedure();
                Exit.resetHaltProcedure();
            }
        }
    }

    static boolean isCausedByBind(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    /** {@code host:port} for clients. */
    public String bootstrapServers() {
        return node.bootstrapServers();
    }

    /**
     * Creates a topic if it is not there; one that is there is left as it is, whatever its
     * partitions and configuration.
     */
    public void createTopic(String name, int partitions, Map<String, String> config)
            throws IOException {
        NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(config);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(topic)).all().get(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IOException("cannot create topic " + name, e.getCause());
            }
        } catch (TimeoutException e) {
            throw new IOException(
                    "topic %s was not created in %d s".formatted(name, CALL_TIMEOUT_SECONDS), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while creating topic " + name);
        }
    }

    /** Stops it cleanly, and gives the directory free. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            server.shutdown();
            server.awaitShutdown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
