package dev.whence.indexer;

import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.StoreUnavailableException;
import dev.whence.store.fault.StoreAround;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A store whose n-th read fails: gets no answer, if nothing else is said. */
final class FailingReads extends StoreAround {
    private static final long EVERY = 0;

    private final long failing;
    private final Failure failure;
    private final AtomicLong reads = new AtomicLong();

    /** What happens at the n-th read, or at each. */
    interface Failure {
        void of(String key) throws ObjectStoreException;
    }

    FailingReads(ObjectStore store, long failing) {
        this(
                store,
                failing,
                key -> {
                    throw new StoreUnavailableException(key, "no answer for " + key, null);
                });
    }

    FailingReads(ObjectStore store, long failing, Failure failure) {
        super(store);
        this.failing = failing;
        this.failure = failure;
    }

    /** Something happens at each read. */
    FailingReads(ObjectStore store, Failure failure) {
        this(store, EVERY, failure);
    }

    long reads() {
        return reads.get();
    }

    @Override
    public ObjectInfo head(String key) throws ObjectStoreException {
        count(key);
        return super.head(key);
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
        count(key);
        return super.get(key);
    }

    @Override
    public byte[] getRange(String key, long offset, int length) throws ObjectStoreException {
        count(key);
        return super.getRange(key, offset, length);
    }

    @Override
    public InputStream open(String key) throws ObjectStoreException {
        count(key);
        return super.open(key);
    }

    @Override
    public void download(String key, Path file) throws ObjectStoreException {
        count(key);
        super.download(key, file);
    }

    @Override
    public Stream<ObjectInfo> list(String prefix) throws ObjectStoreException {
        count(prefix);
        return super.list(prefix);
    }

    private void count(String key) throws ObjectStoreException {
        if (reads.incrementAndGet() == failing || failing == EVERY) {
            failure.of(key);
        }
    }
}
