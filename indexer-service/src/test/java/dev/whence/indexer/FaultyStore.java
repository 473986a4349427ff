package dev.whence.indexer;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.PutResult;
import dev.whence.store.StoreUnavailableException;
import dev.whence.store.UnknownOutcomeException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A store whose operations are counted, and one of which goes wrong. */
final class FaultyStore implements ObjectStore {

    enum Fault {
        /** The operation is refused, those after it work. */
        REFUSE,
        /** A write is done, and its answer lost; a read is refused. */
        LOSE_ANSWER,
        /** The process is killed before the operation: none after it happens either. */
        KILL_BEFORE,
        /** The process is killed after it. */
        KILL_AFTER
    }

    private final ObjectStore store;
    private final Fault fault;
    private final int at;
    private final AtomicInteger operations = new AtomicInteger();

    FaultyStore(ObjectStore store, Fault fault, int at) {
        this.store = store;
        this.fault = fault;
        this.at = at;
    }

    int operations() {
        return operations.get();
    }

    @Override
    public ObjectInfo head(String key) throws ObjectStoreException {
        return run(key, false, () -> store.head(key));
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
        return run(key, false, () -> store.get(key));
    }

    @Override
    public byte[] getRange(String key, long offset, int length) throws ObjectStoreException {
        return run(key, false, () -> store.getRange(key, offset, length));
    }

    @Override
    public InputStream open(String key) throws ObjectStoreException {
        return run(key, false, () -> store.open(key));
    }

    @Override
    public void download(String key, Path file) throws ObjectStoreException {
        run(
                key,
                false,
                () -> {
                    store.download(key, file);
                    return file;
                });
    }

    @Override
    public void put(String key, ObjectBody body) throws ObjectStoreException {
        run(
                key,
                true,
                () -> {
                    store.put(key, body);
                    return key;
                });
    }

    @Override
    public PutResult putIfAbsent(String key, ObjectBody body) throws ObjectStoreException {
        return run(key, true, () -> store.putIfAbsent(key, body));
    }

    @Override
    public Stream<ObjectInfo> list(String prefix) throws ObjectStoreException {
        return run(prefix, false, () -> store.list(prefix));
    }

    @Override
    public void delete(String key) throws ObjectStoreException {
        run(
                key,
                true,
                () -> {
                    store.delete(key);
                    return key;
                });
    }

    @Override
    public URI location(String key) {
        return store.location(key);
    }

    @Override
    public void close() {}

    private <T> T run(String key, boolean write, Operation<T> operation)
            throws ObjectStoreException {
        int number = operations.incrementAndGet();
        boolean killed = fault == Fault.KILL_BEFORE || fault == Fault.KILL_AFTER;
        if (number < at || (number > at && !killed)) {
            return operation.run();
        }
        if (number == at && write && (fault == Fault.LOSE_ANSWER || fault == Fault.KILL_AFTER)) {
            operation.run();
        }
        if (killed) {
            throw new Killed();
        }
        if (write && fault == Fault.LOSE_ANSWER) {
            throw new UnknownOutcomeException(key, "the answer for " + key + " was lost", null);
        }
        throw new StoreUnavailableException(key, "no answer for " + key, null);
    }

    /** The process is no more. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private interface Operation<T> {
        T run() throws ObjectStoreException;
    }
}
