package dev.whence.merge.directory;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A store on which something else happens just before the n-th write. A copy is read first and put
 * then, as S3 has it, and what happens, happens in between.
 */
final class PausingStore implements ObjectStore {
    private final ObjectStore store;
    private final long pause;
    private final Event event;
    private long writes;

    interface Event {
        void happen() throws IOException;
    }

    PausingStore(ObjectStore store, long pause, Event event) {
        this.store = store;
        this.pause = pause;
        this.event = event;
    }

    boolean hasPaused() {
        return writes >= pause;
    }

    private void write() {
        if (++writes == pause) {
            try {
                event.happen();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void put(String key, ObjectBody body) throws ObjectStoreException {
        write();
        store.put(key, body);
    }

    @Override
    public PutResult putIfAbsent(String key, ObjectBody body) throws ObjectStoreException {
        write();
        return store.putIfAbsent(key, body);
    }

    @Override
    public PutResult copyIfAbsent(String from, String to) throws ObjectStoreException {
        try {
            store.head(to);
            return PutResult.ALREADY_EXISTS;
        } catch (ObjectNotFoundException _) {
            byte[] content = store.get(from);
            write();
            return store.putIfAbsent(to, ObjectBody.of(content));
        }
    }

    @Override
    public void delete(String key) throws ObjectStoreException {
        write();
        store.delete(key);
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
    public Stream<ObjectInfo> list(String prefix) throws ObjectStoreException {
        return store.list(prefix);
    }

    @Override
    public URI location(String key) {
        return store.location(key);
    }

    @Override
    public void close() {}
}
