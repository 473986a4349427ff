package dev.whence.catalog;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.PutResult;
import dev.whence.store.UnknownOutcomeException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Numbered objects {@code prefix/{n}.json} that are put if absent and never changed. Thread-safe.
 *
 * <p>A put whose outcome is unknown is read back. What is found under the number decides: our own
 * bytes (an entry holds a fresh id, so that nobody else writes the same) mean done, others mean
 * lost, none means that the same put can be tried again, since whichever attempt comes through
 * writes the same bytes.
 */
final class NumberedChain<T> {
    private static final int ATTEMPTS = 4;

    private final ObjectStore store;
    private final String prefix;
    private final CatalogJson<T> json;

    /** The prefix ends with a slash. */
    NumberedChain(ObjectStore store, String prefix, Class<T> type) {
        this.store = store;
        this.prefix = prefix;
        this.json = new CatalogJson<>(type);
    }

    String key(long number) {
        if (number < 0) {
            throw new IllegalArgumentException(prefix + " has no number " + number);
        }
        return prefix + "%020d.json".formatted(number);
    }

    Optional<T> read(long number) throws IOException {
        String key = key(number);
        byte[] bytes;
        try {
            bytes = store.get(key);
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
        return Optional.of(json.read(key, bytes));
    }

    Commit<T> commit(long number, T entry) throws IOException {
        String key = key(number);
        byte[] bytes = json.write(entry);
        for (int attempt = 1; ; attempt++) {
            try {
                if (store.putIfAbsent(key, ObjectBody.of(bytes)) == PutResult.CREATED) {
                    return new Commit.Done<>(entry);
                }
            } catch (UnknownOutcomeException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            try {
                byte[] found = store.get(key);
                return Arrays.equals(found, bytes)
                        ? new Commit.Done<>(entry)
                        : new Commit.Lost<>(json.read(key, found));
            } catch (ObjectNotFoundException e) {
                if (attempt == ATTEMPTS) {
                    throw new UnknownOutcomeException(
                            key,
                            "put of "
                                    + key
                                    + " was neither confirmed nor found after "
                                    + ATTEMPTS
                                    + " attempts",
                            e);
                }
            }
        }
    }
}
