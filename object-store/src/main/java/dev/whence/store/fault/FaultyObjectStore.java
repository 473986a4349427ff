package dev.whence.store.fault;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A store whose n-th write (put, put-if-absent, copy or delete) goes wrong in a chosen way. A crash
 * test runs once without a fault, takes {@link #writes()}, and then runs again for each write and
 * each {@link Fault}; after a deadly one it goes on with the store underneath, as a restarted
 * process would.
 *
 * <p>An unknown outcome is an {@link UnknownOutcomeException} from a put or a copy, and a {@link
 * StoreUnavailableException} from a delete. Thread-safe; closing it closes the store underneath.
 */
public final class FaultyObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final long faultyWrite;
    private final Fault fault;
    private final AtomicLong writes = new AtomicLong();
    private final AtomicBoolean dead = new AtomicBoolean();

    private FaultyObjectStore(ObjectStore store, long faultyWrite, Fault fault) {
        this.store = store;
        this.faultyWrite = faultyWrite;
        this.fault = fault;
    }

    /** The fault meets the given write, the first of which is 1. */
    public static FaultyObjectStore at(long write, Fault fault, ObjectStore store) {
        if (write < 1) {
            throw new IllegalArgumentException("write " + write + ": the first is 1");
        }
        return new FaultyObjectStore(store, write, fault);
    }

    /** No fault: for counting the writes of a run. */
    public static FaultyObjectStore none(ObjectStore store) {
        return new FaultyObjectStore(store, Long.MAX_VALUE, Fault.REFUSED);
    }

    /** How many writes were tried so far, the faulty one among them; none after a death. */
    public long writes() {
        return writes.get();
    }

    /** Whether the fault has happened. */
    public boolean hasFailed() {
        return writes.get() >= faultyWrite;
    }

    @Override
    public void put(String key, ObjectBody body) throws ObjectStoreException {
        write(
                key,
                () -> {
                    store.put(key, body);
                    return PutResult.CREATED;
                },
                true);
    }

    @Override
    public PutResult putIfAbsent(String key, ObjectBody body) throws ObjectStoreException {
        return write(key, () -> store.putIfAbsent(key, body), true);
    }

    @Override
    public PutResult copyIfAbsent(String from, String to) throws ObjectStoreException {
        return write(to, () -> store.copyIfAbsent(from, to), true);
    }

    @Override
    public void delete(String key) throws ObjectStoreException {
        write(
                key,
                () -> {
                    store.delete(key);
                    return PutResult.CREATED;
                },
                false);
    }

    private interface Write {
        PutResult run() throws ObjectStoreException;
    }

    private PutResult write(String key, Write write, boolean isPut) throws ObjectStoreException {
        requireAlive(key);
        long number = writes.incrementAndGet();
        if (number != faultyWrite) {
            return write.run();
        }
        if (fault.isDeadly()) {
            dead.set(true);
        }
        if (fault.isDone()) {
            write.run();
        }
        String message = "write %d, of %s: %s, as told".formatted(number, key, fault);
        if (isPut && fault != Fault.REFUSED) {
            throw new UnknownOutcomeException(key, message, null);
        }
        throw new StoreUnavailableException(key, message, null);
    }

    private void requireAlive(String key) throws StoreUnavailableException {
        if (dead.get()) {
            throw new StoreUnavailableException(
                    key, "%s: this process ended at write %d".formatted(key, faultyWrite), null);
        }
    }

    @Override
    public ObjectInfo head(String key) throws ObjectStoreException {
        requireAlive(key);
        return store.head(key);
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
        requireAlive(key);
        return store.get(key);
    }

    @Override
    public byte[] getRange(String key, long offset, int length) throws ObjectStoreException {
        requireAlive(key);
        return store.getRange(key, offset, length);
    }

    @Override
    public InputStream open(String key) throws ObjectStoreException {
        requireAlive(key);
        return store.open(key);
    }

    @Override
    public void download(String key, Path file) throws ObjectStoreException {
        requireAlive(key);
        store.download(key, file);
    }

    @Override
    public Stream<ObjectInfo> list(String prefix) throws ObjectStoreException {
        requireAlive(prefix);
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
