package dev.whence.catalog;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.PutResult;
import dev.whence.store.UnknownOutcomeException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Numbered objects {@code prefix/{n}.json} that are put if absent and never changed. Thread-safe.
 *
 * <p>A put whose outcome is unknown is read back. What is found under the number decides: our own
 * bytes (where it matters who wrote them, the entry holds a fresh id) mean done, others mean lost,
 * none means that the same put can be tried again, since whichever attempt comes through writes the
 * same bytes. Once a try was unknown, nothing but the object itself settles it: not even a later
 * try that was certainly refused.
 */
public final class NumberedChain<T> {
    private static final int ATTEMPTS = 4;

    /** Larger objects are no small ones any more: nothing may write them. */
    private static final int MAX_BYTES = 256 << 20;

    private final ObjectStore store;
    private final String prefix;
    private final CatalogJson<T> json;
    private final int maxBytes;

    /** The prefix ends with a slash. */
    NumberedChain(ObjectStore store, String prefix, Class<T> type) {
        this(store, prefix, type, MAX_BYTES);
    }

    /**
     * A chain of a record that has a component {@code format}, which is 1.
     *
     * @param prefix ends with a slash
     * @param maxBytes how large an object may be, up to 256 MiB
     */
    public NumberedChain(ObjectStore store, String prefix, Class<T> type, int maxBytes) {
        this.store = store;
        this.prefix = prefix;
        this.json = new CatalogJson<>(type);
        this.maxBytes = maxBytes;
    }

    /** Where the entry of a number stands in the store. */
    public String key(long number) {
        if (number < 0) {
            throw new IllegalArgumentException(prefix + " has no number " + number);
        }
        return prefix + "%020d.json".formatted(number);
    }

    /** Whether there is an entry, without reading it. */
    public boolean has(long number) throws IOException {
        try {
            store.head(key(number));
            return true;
        } catch (ObjectNotFoundException e) {
            return false;
        }
    }

    /** The entry of a number, if there is one. */
    public Optional<T> read(long number) throws IOException {
        String key = key(number);
        byte[] bytes;
        try {
            bytes = store.get(key);
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
        return Optional.of(json.read(key, bytes));
    }

    /**
     * Puts the entry under the number if there is none.
     *
     * @throws UnknownOutcomeException if it may be there, now or later; any other exception means
     *     that it is not
     * @throws IllegalArgumentException if it is too large
     */
    public Commit<T> commit(long number, T entry) throws IOException {
        String key = key(number);
        byte[] bytes = json.write(entry);
        if (bytes.length > maxBytes) {
            throw new IllegalArgumentException(
                    "%s would have %,d bytes; %,d are the most"
                            .formatted(key, bytes.length, maxBytes));
        }
        UnknownOutcomeException unknown = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                if (store.putIfAbsent(key, ObjectBody.of(bytes)) == PutResult.CREATED) {
                    return new Commit.Done<>(entry);
                }
            } catch (UnknownOutcomeException e) {
                unknown = e;
            } catch (ObjectStoreException e) {
                throw unlessUnknown(e, unknown);
            }
            try {
                byte[] found = store.get(key);
                return Arrays.equals(found, bytes)
                        ? new Commit.Done<>(entry)
                        : new Commit.Lost<>(json.read(key, found));
            } catch (ObjectNotFoundException _) {
                // A try may still be on its way; the next one settles it.
            } catch (ObjectStoreException e) {
                throw unlessUnknown(e, unknown);
            }
        }
        throw new UnknownOutcomeException(
                key,
                "put of %s was neither confirmed nor found in %d attempts".formatted(key, ATTEMPTS),
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
