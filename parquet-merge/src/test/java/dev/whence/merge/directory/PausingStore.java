package dev.whence.merge.directory;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.PutResult;
import dev.whence.store.fault.StoreAround;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A store on which something else happens just before the n-th write. A copy is read first and put
 * then, as S3 has it, and what happens, happens in between.
 */
final class PausingStore extends StoreAround {
    private final long pause;
    private final Event event;
    private long writes;

    interface Event {
        void happen() throws IOException;
    }

    PausingStore(ObjectStore store, long pause, Event event) {
        super(store);
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
        super.put(key, body);
    }

    @Override
    public PutResult putIfAbsent(String key, ObjectBody body) throws ObjectStoreException {
        write();
        return super.putIfAbsent(key, body);
    }

    @Override
    public PutResult copyIfAbsent(String from, String to) throws ObjectStoreException {
        try {
            head(to);
            return PutResult.ALREADY_EXISTS;
        } catch (ObjectNotFoundException _) {
            byte[] content = get(from);
            write();
            return super.putIfAbsent(to, ObjectBody.of(content));
        }
    }

    @Override
    public void delete(String key) throws ObjectStoreException {
        write();
        super.delete(key);
    }
}
