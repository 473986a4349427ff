package dev.whence.store.fault;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.PutResult;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A store around another one, which does all that a subclass does not do otherwise: for tests in
 * which something happens, or is counted, at some of the calls. As thread-safe as the store
 * underneath, which stays open when this is closed.
 */
public abstract class StoreAround implements ObjectStore {
    private final ObjectStore store;

    protected StoreAround(ObjectStore store) {
        this.store = store;
    }

    @Override
    public ObjectInfo head(String key) throws ObjectStoreException {
        return store.head(key);
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
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
    public void delete(String key) throws ObjectStoreException {
        store.delete(key);
    }

    @Override
    public URI location(String key) {
        return store.location(key);
    }

    @Override
    public void close() {}
}
