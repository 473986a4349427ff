package dev.whence.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a server's directory to one process. The operating system gives the lock back when the
 * process ends in whatever way, so a lock file that lies there means nothing by itself.
 */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE_NAME = "server.lock";
    private static final int MAX_OWNER_BYTES = 32;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of the directory, which is made if it is not there.
     *
     * @throws FileSystemException if this or another process has it; the message names the owner
     */
    static DirectoryLock take(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(FILE_NAME);
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            if (tryLock(channel) == null) {
                throw new FileSystemException(
                        directory.toString(),
                        null,
                        "is in use by process "
                                + owner(channel)
                                + ": end that one, or choose another directory");
            }
            byte[] pid =
                    Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid), 0);
            taken = true;
            return new DirectoryLock(channel);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            // This same process has it: to a caller that is no different.
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(MAX_OWNER_BYTES);
        int read = channel.read(pid, 0);
        return read <= 0
                ? "(unknown)"
                : new String(pid.array(), 0, read, StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
