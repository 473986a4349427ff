package dev.whence.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;

/** Opens the store that settings name. */
public final class ObjectStores {
    private ObjectStores() {}

    /** A store in memory, empty. */
    public static ObjectStore memory() {
        return new MemoryStore(Clock.systemUTC());
    }

    /**
     * A local directory, made if it is not there; any number of processes may have it open.
     *
     * @throws UncheckedIOException if it cannot be made
     */
    public static ObjectStore directory(Path root) {
        try {
            return new DirectoryStore(root, Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the directory " + root, e);
        }
    }

    /** A bucket of an S3 server, which must exist; the first call to it tells. */
    public static ObjectStore s3(S3Settings settings) {
        return S3Store.open(settings);
    }
}
