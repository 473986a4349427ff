package dev.whence.query.config;

import dev.whence.catalog.ProcessLock;
import java.io.IOException;
import java.nio.file.Path;

/** The cache directory, of this process alone. */
record CacheDirectory(Path root, ProcessLock lock) implements AutoCloseable {

    static CacheDirectory open(Path root) throws IOException {
        return new CacheDirectory(
                root, ProcessLock.hold(root, root.resolve("lock"), "whence.query.cache-directory"));
    }

    Path blocks() {
        return root.resolve("blocks");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
