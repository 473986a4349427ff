package dev.whence.store;

import static java.util.Objects.requireNonNull;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * A store that counts what it is asked, for metrics, and so that a test can say how many reads an
 * answer may cost. Thread-safe; closing it closes the store underneath.
 */
public final class CountingObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final Map<StoreOperation, OperationTally> tallies = new EnumMap<>(StoreOperation.class);
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();

    public CountingObjectStore(ObjectStore store) {
        this.store = store;
        for (StoreOperation operation : StoreOperation.values()) {
            tallies.put(operation, new OperationTally());
        }
    }

    /** What it was asked so far. */
    public StoreCounts counts() {
        return new StoreCounts(
                counts(StoreOperation.HEAD).calls(),
                counts(StoreOperation.GET).calls(),
                counts(StoreOperation.RANGE).calls(),
                counts(StoreOperation.PUT).calls(),
                counts(StoreOperation.DELETE).calls(),
                counts(StoreOperation.LIST).calls(),
                bytesRead.sum(),
                bytesWritten.sum());
    }

    /** How often it was asked this so far, in vain or not, and how long that took. */
    public OperationCounts counts(StoreOperation operation) {
        return tally(operation).counts();
    }

    private OperationTally tally(StoreOperation operation) {
        return requireNonNull(tallies.get(operation));
    }

    @Override
    public ObjectInfo head(String key) throws ObjectStoreException {
        return tally(StoreOperation.HEAD).answer(() -> store.head(key));
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
        byte[] content = tally(StoreOperation.GET).answer(() -> store.get(key));
        bytesRead.add(content.length);
        return content;
    }

    @Override
    public byte[] getRange(String key, long offset, int length) throws ObjectStoreException {
        byte[] content =
                tally(StoreOperation.RANGE).answer(() -> store.getRange(key, offset, length));
        bytesRead.add(content.length);
        return content;
    }

    @Override
    public InputStream open(String key) throws ObjectStoreException {
        return new CountedStream(tally(StoreOperation.GET).answer(() -> store.open(key)));
    }

    @Override
    public void download(String key, Path file) throws ObjectStoreException {
        tally(StoreOperation.GET).obey(() -> store.download(key, file));
        bytesRead.add(size(key, file));
    }

    @Override
    public void put(String key, ObjectBody body) throws ObjectStoreException {
        tally(StoreOperation.PUT).obey(() -> store.put(key, body));
        bytesWritten.add(size(key, body));
    }

    @Override
    public PutResult putIfAbsent(String key, ObjectBody body) throws ObjectStoreException {
        PutResult result = tally(StoreOperation.PUT).answer(() -> store.putIfAbsent(key, body));
        bytesWritten.add(size(key, body));
        return result;
    }

    @Override
    public PutResult copyIfAbsent(String from, String to) throws ObjectStoreException {
        return tally(StoreOperation.PUT).answer(() -> store.copyIfAbsent(from, to));
    }

    @Override
    public Stream<ObjectInfo> list(String prefix) throws ObjectStoreException {
        return tally(StoreOperation.LIST).answer(() -> store.list(prefix));
    }

    @Override
    public void delete(String key) throws ObjectStoreException {
        tally(StoreOperation.DELETE).obey(() -> store.delete(key));
    }

    @Override
    public URI location(String key) {
        return store.location(key);
    }

    @Override
    public void close() {
        store.close();
    }

    private static long size(String key, ObjectBody body) throws ObjectStoreException {
        return switch (body) {
            case ObjectBody.Bytes bytes -> bytes.content().length;
            case ObjectBody.LocalFile file -> size(key, file.path());
        };
    }

    private static long size(String key, Path file) throws ObjectStoreException {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new ObjectStoreException(key, "cannot count the bytes of " + file, e);
        }
    }

    private final class CountedStream extends FilterInputStream {
        CountedStream(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            bytesRead.add(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            bytesRead.add(Math.max(0, read));
            return read;
        }
    }
}
