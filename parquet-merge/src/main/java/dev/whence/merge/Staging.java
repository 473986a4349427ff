package dev.whence.merge;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a merge leaves its new files; nobody takes them for data before the commit. Thread-safe.
 */
public interface Staging {

    /**
     * Puts a finished file under a fresh name.
     *
     * @param file local; the caller deletes it
     * @param bytes its length
     * @return the file as it will be known once it is committed
     */
    DataFile put(Partition partition, Path file, long bytes) throws IOException;
}
