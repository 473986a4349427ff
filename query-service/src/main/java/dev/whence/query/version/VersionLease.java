package dev.whence.query.version;

/**
 * The right to read an open version: it stays mapped until the lease is closed, whatever is
 * published meanwhile. Held for one request by one thread.
 */
public final class VersionLease implements AutoCloseable {
    private final OpenVersion version;

    /** For a version whose index has just been acquired. */
    VersionLease(OpenVersion version) {
        this.version = version;
    }

    public OpenVersion version() {
        return version;
    }

    @Override
    public void close() {
        version.index().release();
    }
}
