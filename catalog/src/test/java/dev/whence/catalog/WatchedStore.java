package dev.whence.catalog;

import dev.whence.store.AccessDeniedException;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.fault.StoreAround;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A store that counts reads, and refuses to delete some objects until told otherwise. */
final class WatchedStore extends StoreAround {
    private final Set<String> undeletable;
    private int refusals;
    private int reads;

    WatchedStore(ObjectStore store, String... keys) {
        super(store);
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
        super.delete(key);
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
        reads++;
        return super.get(key);
    }
}
