package dev.whence.query.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The cache directory, held by a lock file for as long as the process lives: two processes in one
 * directory would throw each other's blocks away.
 */
final class CacheDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lockFile;

    private CacheDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    static CacheDirectory open(Path root) throws IOException {
        Files.createDirectories(root);
        FileChannel lockFile =
                FileChannel.open(
                        root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(lockFile) == null) {
            lockFile.close();
            throw new IOException(
                    root
                            + " is used by another process; set whence.query.cache-directory to a"
                            + " directory of this one's own");
        }
        return new CacheDirectory(root, lockFile);
    }

    private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held in this very process
        }
    }

    Path blocks() {
        return root.resolve("blocks");
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
