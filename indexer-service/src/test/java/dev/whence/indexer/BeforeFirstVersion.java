package dev.whence.indexer;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.PutResult;
import dev.whence.store.StoreUnavailableException;
import dev.whence.store.fault.StoreAround;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store on which something else happens just before the first version is put. */
final class BeforeFirstVersion extends StoreAround {
    private final Event event;
    private final AtomicBoolean happened = new AtomicBoolean();

    interface Event {
        Object happen() throws IOException;
    }

    BeforeFirstVersion(ObjectStore store, Event event) {
        super(store);
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
        return super.putIfAbsent(key, body);
    }
}
