package dev.whence.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Gives the filesystem's errors the names of the contract. */
final class DirectoryErrors {
    private DirectoryErrors() {}

    static ObjectStoreException reading(String key, IOException e) {
        if (isAbsent(e)) {
            return new ObjectNotFoundException(key, "no object " + key + ": " + e, e);
        }
        return named(key, "cannot read " + key, e);
    }

    /** An error before the object got its name: it was not put. */
    static ObjectStoreException preparing(String key, IOException e) {
        if (e instanceof FileAlreadyExistsException || isNotDirectory(e)) {
            return new ObjectStoreException(
                    key, "cannot put %s: a part of its path is an object: %s".formatted(key, e), e);
        }
        return named(key, "cannot put " + key, e);
    }

    /** An error in the one step that gives the object its name, or in forcing that to disk. */
    static ObjectStoreException naming(String key, IOException e) {
        if (e instanceof java.nio.file.AccessDeniedException
                || isNotDirectory(e)
                || e instanceof NoSuchFileException) {
            return preparing(key, e);
        }
        return new UnknownOutcomeException(
                key,
                "%s may have been put, and may be gone after a crash: %s".formatted(key, e),
                e);
    }

    static ObjectStoreException deleting(String key, IOException e) {
        return named(key, "cannot delete " + key, e);
    }

    static boolean isAbsent(IOException e) {
        return e instanceof NoSuchFileException || isNotDirectory(e);
    }

    private static boolean isNotDirectory(IOException e) {
        // Only some calls of the JDK give ENOTDIR a class of its own.
        return e instanceof NotDirectoryException
                || (e instanceof FileSystemException named
                        && "Not a directory".equals(named.getReason()));
    }

    private static ObjectStoreException named(String key, String what, IOException e) {
        String message = what + ": " + e;
        return e instanceof java.nio.file.AccessDeniedException
                ? new AccessDeniedException(key, message, e)
                : new ObjectStoreException(key, message, e);
    }
}
