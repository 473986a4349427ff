package dev.whence.catalog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A local directory, held by a lock file for as long as the process lives: two processes with one
 * {@link BlockCache} would throw each other's blocks away.
 */
public final class ProcessLock implements AutoCloseable {
    private final FileChannel lockFile;

    private ProcessLock(FileChannel lockFile) {
        this.lockFile = lockFile;
    }

    /**
     * Holds a directory.
     *
     * @param directory what is held
     * @param file the lock file, made if it is not there, with the folders that it lies in
     * @param setting which says where the directory is
     * @throws IOException if another process holds it, or this one already does
     */
    public static ProcessLock hold(Path directory, Path file, String setting) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel lockFile =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(lockFile) == null) {
            lockFile.close();
            throw new IOException(
                    "%s is used by another process; set %s to a directory of this one's own"
                            .formatted(directory, setting));
        }
        return new ProcessLock(lockFile);
    }

    private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held in this very process
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
