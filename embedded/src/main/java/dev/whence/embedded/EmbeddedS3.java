package dev.whence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/**
 * An S3 server over a local directory, on loopback, with AWS signatures version 4. Put-if-absent
 * ({@code If-None-Match: *}) is atomic; {@code If-Match} is refused, because this server could not
 * keep it. A key must not also be a folder of other keys. Clients may call it from any thread.
 *
 * <p>A kill loses no object whose put was answered, and leaves nothing of one that was not.
 */
public final class EmbeddedS3 implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_THREADS = 24;
    private static final long STOP_TIMEOUT_MILLIS = 2_000;

    private final DirectoryLock lock;
    private final WholeObjectsStore store;
    private final S3Proxy proxy;
    private boolean closed;

    private EmbeddedS3(DirectoryLock lock, WholeObjectsStore store, S3Proxy proxy) {
        this.lock = lock;
        this.store = store;
        this.proxy = proxy;
    }

    /**
     * Starts it and returns when it serves; port 0 takes a free one. The directory is made if it is
     * not there.
     *
     * @throws IOException if another process uses the directory, or the port is taken
     */
    public static EmbeddedS3 start(Path directory, int port, String accessKey, String secretKey)
            throws IOException {
        Path absolute = directory.toAbsolutePath().normalize();
        DirectoryLock lock = DirectoryLock.take(absolute);
        boolean started = false;
        try {
            WholeObjectsStore store = WholeObjectsStore.open(absolute);
            EmbeddedS3 s3 = new EmbeddedS3(lock, store, serve(store, port, accessKey, secretKey));
            started = true;
            return s3;
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    private static S3Proxy serve(
            WholeObjectsStore store, int port, String accessKey, String secretKey)
            throws IOException {
        S3Proxy proxy =
                S3Proxy.builder()
                        .blobStore(store)
                        .endpoint(URI.create("http://" + LOOPBACK + ":" + port))
                        .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                        .ignoreUnknownHeaders(true)
                        .jettyMaxThreads(MAX_THREADS)
                        .stopTimeout(STOP_TIMEOUT_MILLIS)
                        .build();
        boolean serves = false;
        try {
            proxy.start();
            serves = true;
            return proxy;
        } catch (Exception e) {
            throw new IOException(
                    "the S3 server did not start on %s:%d: %s"
                            .formatted(LOOPBACK, port, e.getMessage()),
                    e);
        } finally {
            if (!serves) {
                stop(proxy);
            }
        }
    }

    public URI endpoint() {
        return URI.create("http://" + LOOPBACK + ":" + proxy.getPort());
    }

    /** Creates a bucket if it is not there. */
    public synchronized void createBucket(String name) throws IOException {
        try {
            if (!store.containerExists(name)) {
                store.createContainer(name);
            }
        } catch (RuntimeException e) {
            throw new IOException("cannot create bucket " + name, e);
        }
    }

    /** Stops it, after a moment for requests under way, and gives the directory free. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            stop(proxy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(S3Proxy proxy) throws IOException {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IOException("the S3 server did not stop cleanly", e);
        }
    }
}
