package dev.whence.merge.file;

import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.UnreadableFileException;
import dev.whence.store.ObjectStoreException;
import java.io.IOException;
import java.nio.file.FileSystemException;

/**
 * Reads of one file, whose failures name it. Parquet's readers meet damage with exceptions of every
 * kind; failures of the store or the disk stay what they are. Immutable.
 */
public record FileReading(String key) {

    /** A read that may fail. */
    @FunctionalInterface
    public interface Read<T> {
        T run() throws IOException;
    }

    /**
     * Runs a read.
     *
     * @param what the part that is read, for the error
     */
    public <T> T run(String what, Read<T> read) throws IOException {
        try {
            return read.run();
        } catch (IOException | RuntimeException e) {
            throw explained(what, e);
        } catch (StackOverflowError e) {
            throw new UnreadableFileException(key, what + ": nested too deeply", e);
        }
    }

    /** The file's own fault. */
    public UnreadableFileException damaged(String problem) {
        return new UnreadableFileException(key, problem, null);
    }

    private IOException explained(String what, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ObjectStoreException
                    || cause instanceof FileSystemException
                    || cause instanceof UnreadableFileException) {
                return (IOException) cause;
            }
            if (cause instanceof MergeRefusedException refused) {
                throw refused;
            }
        }
        String detail = failure.getMessage();
        return new UnreadableFileException(
                key, detail == null ? what : what + ": " + detail, failure);
    }
}
