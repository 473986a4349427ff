package dev.whence.catalog;

import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.SettledPut;
import dev.whence.store.UnknownOutcomeException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Numbered objects {@code prefix/{n}.json} that are put if absent and never changed. Thread-safe. A
 * put is settled by what stands under the number ({@link SettledPut}): our own bytes (where it
 * matters who wrote them, the entry holds a fresh id) mean done, others mean lost.
 */
public final class NumberedChain<T> {
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
        byte[] standing = SettledPut.put(store, key, bytes);
        return Arrays.equals(standing, bytes)
                ? new Commit.Done<>(entry)
                : new Commit.Lost<>(json.read(key, standing));
    }
}
