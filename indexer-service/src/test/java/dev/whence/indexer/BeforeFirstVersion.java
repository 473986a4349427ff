package dev.whence.indexer;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.PutResult;
import dev.whence.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A store on which something else happens just before the first version is put. */
final class BeforeFirstVersion implements ObjectStore {
    private final ObjectStore store;
    private final Event event;
    private final AtomicBoolean happened = new AtomicBoolean();

    interface Event {
        Object happen() throws IOException;
    }

    BeforeFirstVersion(ObjectStore store, Event event) {
        this.store = store;
        this.event = event;
    }

    @Override
    public PutResult putIfAbsent(String key, ObjectBody body) throws ObjectStoreException {
        if (key.startsWith("index/versions/") && happened.compareAndSet(false, true)) {
            try {
                event.happen();
            } catch (IOException e) {
                throw new StoreUnavailableException(key, "what should happen did not", e);
            }
        }
        return store.putIfAbsent(key, body);
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
