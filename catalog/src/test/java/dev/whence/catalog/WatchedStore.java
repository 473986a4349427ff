package dev.whence.catalog;

import dev.whence.store.AccessDeniedException;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.PutResult;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A store that counts reads, and refuses to delete some objects until told otherwise. */
final class WatchedStore implements ObjectStore {
    private final ObjectStore store;
    private final Set<String> undeletable;
    private int refusals;
    private int reads;

    WatchedStore(ObjectStore store, String... keys) {
        this.store = store;
        this.undeletable = new HashSet<>(List.of(keys));
    }

    /** The object can be deleted from now on. */
    void permit(String key) {
        undeletable.remove(key);
    }

    int refusals() {
        return refusals;
    }

    int reads() {
        return reads;
    }

    @Override
    public void delete(String key) throws ObjectStoreException {
        if (undeletable.contains(key)) {
            refusals++;
            throw new AccessDeniedException(key, "may not delete " + key, null);
        }
        store.delete(key);
    }

    @Override
    public ObjectInfo head(String key) throws ObjectStoreException {
        return store.head(key);
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
        reads++;
        return store.get(key);
    }

    @Override
    public byte[] getRange(String key, long offset, int length) throws ObjectStoreException {
        return store.getRange(key, offset, length);
    }

    @Override
    public InputStream open(String key) throws ObjectStoreException {
        return store.open(key);
    }

    @Override
    public void download(String key, Path file) throws ObjectStoreException {
        store.download(key, file);
    }

    @Override
    public void put(String key, ObjectBody body) throws ObjectStoreException {
        store.put(key, body);
    }

    @Override
    public PutResult putIfAbsent(String key, ObjectBody body) throws ObjectStoreException {
        return store.putIfAbsent(key, body);
    }

    @Override
    public PutResult copyIfAbsent(String from, String to) throws ObjectStoreException {
        return store.copyIfAbsent(from, to);
    }

    @Override
    public Stream<ObjectInfo> list(String prefix) throws ObjectStoreException {
        return store.list(prefix);
    }

    @Override
    public URI location(String key) {
        return store.location(key);
    }

    @Override
    public void close() {
        store.close();
    }
}
