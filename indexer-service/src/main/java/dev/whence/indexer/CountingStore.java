package dev.whence.indexer;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.PutResult;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** A store that counts what is read through it; it does not own the store that it reads. */
final class CountingStore implements ObjectStore {
    private final ObjectStore store;
    private final LongAdder reads = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    CountingStore(ObjectStore store) {
        this.store = store;
    }

    long reads() {
        return reads.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
        return counted(store.get(key));
    }

    @Override
    public byte[] getRange(String key, long offset, int length) throws ObjectStoreException {
        return counted(store.getRange(key, offset, length));
    }

    @Override
    public InputStream open(String key) throws ObjectStoreException {
        reads.increment();
        return new FilterInputStream(store.open(key)) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                bytes.add(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int some = super.read(buffer, offset, length);
                bytes.add(Math.max(some, 0));
                return some;
            }
        };
    }

    @Override
    public ObjectInfo head(String key) throws ObjectStoreException {
        return store.head(key);
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
    public void close() {}

    private byte[] counted(byte[] content) {
        reads.increment();
        bytes.add(content.length);
        return content;
    }
}
