package dev.whence.store;

/** Opens the store that settings name. */
public final class ObjectStores {
    private ObjectStores() {}

    /** A store in memory, empty. */
    public static ObjectStore memory() {
        throw new UnsupportedOperationException();
    }

    /** A local directory, made if it is not there. */
    public static ObjectStore directory(java.nio.file.Path root) {
        throw new UnsupportedOperationException();
    }

    /** A bucket of an S3 server, which must exist. */
    public static ObjectStore s3(S3Settings settings) {
        throw new UnsupportedOperationException();
    }
}
