package dev.whence.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** An S3 server over a local directory, on loopback. */
public final class EmbeddedS3 implements AutoCloseable {

    /**
     * Starts it and returns when it serves; port 0 takes a free one. The directory is made if it is
     * not there.
     */
    public static EmbeddedS3 start(Path directory, int port, String accessKey, String secretKey)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    public URI endpoint() {
        throw new UnsupportedOperationException();
    }

    /** Creates a bucket if it is not there. */
    public void createBucket(String name) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
