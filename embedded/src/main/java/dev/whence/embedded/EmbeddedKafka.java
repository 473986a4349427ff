package dev.whence.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * One KRaft node, broker and controller, on loopback. Started again on the same directory it has
 * its topics and records.
 */
public final class EmbeddedKafka implements AutoCloseable {

    /** Starts it and returns when it serves; port 0 takes a free one. */
    public static EmbeddedKafka start(Path directory, int port) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** {@code host:port} for clients. */
    public String bootstrapServers() {
        throw new UnsupportedOperationException();
    }

    /** Creates a topic if it is not there. */
    public void createTopic(String name, int partitions, Map<String, String> config)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
