package dev.whence.lake;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.PutResult;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A store that counts the ranged reads of another, and their bytes. */
final class CountingStore implements ObjectStore {
    private final ObjectStore store;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    CountingStore(ObjectStore store) {
        this.store = store;
    }

    int requests() {
        return requests.get();
    }

    long bytesRead() {
        return bytes.get();
    }

    void forget() {
        requests.set(0);
        bytes.set(0);
    }

    @Override
    public byte[] getRange(String key, long offset, int length) throws ObjectStoreException {
        requests.incrementAndGet();
        bytes.addAndGet(length);
        return store.getRange(key, offset, length);
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
    public void close() {
        store.close();
    }
}
