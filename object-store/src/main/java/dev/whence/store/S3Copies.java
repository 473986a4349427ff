package dev.whence.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies by way of this machine: through memory if the object is small, else through a temporary
 * file, because a put whose answer was lost is sent again from its first byte.
 */
final class S3Copies {
    private static final long MAX_IN_MEMORY_BYTES = 8L << 20;

    private static final long MAX_BYTES = S3Store.MAX_PUT_BYTES;

    private final ObjectStore store;

    S3Copies(ObjectStore store) {
        this.store = store;
    }

    interface Put {
        PutResult put(ObjectBody body) throws ObjectStoreException;
    }

    PutResult copy(String from, long bytes, Put put) throws ObjectStoreException {
        if (bytes > MAX_BYTES) {
            throw new ObjectStoreException(
                    from,
                    "%s has %d bytes, more than the %d that can be copied"
                            .formatted(from, bytes, MAX_BYTES),
                    null);
        }
        if (bytes <= MAX_IN_MEMORY_BYTES) {
            return put.put(ObjectBody.of(store.get(from)));
        }
        try {
            Path file = Files.createTempFile("whence-copy", null);
            try {
                store.download(from, file);
                return put.put(ObjectBody.of(file));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (ObjectStoreException e) {
            throw e;
        } catch (IOException e) {
            throw new ObjectStoreException(
                    from, "cannot copy %s through a temporary file: %s".formatted(from, e), e);
        }
    }
}
