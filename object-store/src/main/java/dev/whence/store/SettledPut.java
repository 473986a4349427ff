package dev.whence.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A put-if-absent that is read back until its outcome is known. Whichever attempt comes through
 * writes the same bytes, so that a put nobody confirmed can be tried again; and once a try was
 * unknown, nothing but the object itself settles it: not even a later try that was certainly
 * refused.
 */
public final class SettledPut {
    private static final int ATTEMPTS = 4;

    private SettledPut() {}

    /**
     * Puts the bytes unless there is an object, and returns the bytes that stand there for good:
     * these, or another writer's. Where it matters who wrote them, let them hold a fresh id.
     *
     * @throws UnknownOutcomeException if they may be there, now or later; any other exception means
     *     that they are not
     */
    public static byte[] put(ObjectStore store, String key, byte[] bytes) throws IOException {
        UnknownOutcomeException unknown = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                if (store.putIfAbsent(key, ObjectBody.of(bytes)) == PutResult.CREATED) {
                    return bytes;
                }
            } catch (UnknownOutcomeException e) {
                unknown = e;
            } catch (ObjectStoreException e) {
                throw unlessUnknown(e, unknown);
            }
            try {
                return store.get(key);
            } catch (ObjectNotFoundException _) {
                // A try may still be on its way; the next one settles it.
            } catch (ObjectStoreException e) {
                throw unlessUnknown(e, unknown);
            }
        }
        throw new UnknownOutcomeException(
                key,
                "put of %s was neither confirmed nor found in %d attempts; look at it again before anything is done"
                        .formatted(key, ATTEMPTS),
                unknown);
    }

    /** What a later step says of itself does not undo a put that may yet come through. */
    private static ObjectStoreException unlessUnknown(
            ObjectStoreException failure, @Nullable UnknownOutcomeException unknown) {
        if (unknown == null) {
            return failure;
        }
        unknown.addSuppressed(failure);
        return unknown;
    }
}
