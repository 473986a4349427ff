package dev.whence.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * A store that counts what it is asked, for metrics, and so that a test can say how many reads an
 * answer may cost. Thread-safe; closing it closes the store underneath.
 */
public final class CountingObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final LongAdder heads = new LongAdder();
    private final LongAdder gets = new LongAdder();
    private final LongAdder ranges = new LongAdder();
    private final LongAdder puts = new LongAdder();
    private final LongAdder deletes = new LongAdder();
    private final LongAdder lists = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();

    public CountingObjectStore(ObjectStore store) {
        this.store = store;
    }

    /** What it was asked so far. */
    public StoreCounts counts() {
        return new StoreCounts(
                heads.sum(),
                gets.sum(),
                ranges.sum(),
                puts.sum(),
                deletes.sum(),
                lists.sum(),
                bytesRead.sum(),
                bytesWritten.sum());
    }

    @Override
    public ObjectInfo head(String key) throws ObjectStoreException {
        heads.increment();
        return store.head(key);
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
        gets.increment();
        byte[] content = store.get(key);
        bytesRead.add(content.length);
        return content;
    }

    @Override
    public byte[] getRange(String key, long offset, int length) throws ObjectStoreException {
        ranges.increment();
        byte[] content = store.getRange(key, offset, length);
        bytesRead.add(content.length);
        return content;
    }

    @Override
    public InputStream open(String key) throws ObjectStoreException {
        gets.increment();
        return new CountedStream(store.open(key));
    }

    @Override
    public void download(String key, Path file) throws ObjectStoreException {
        gets.increment();
        store.download(key, file);
        bytesRead.add(size(key, file));
    }

    @Override
    public void put(String key, ObjectBody body) throws ObjectStoreException {
        puts.increment();
        store.put(key, body);
        bytesWritten.add(size(key, body));
    }

    @Override
    public PutResult putIfAbsent(String key, ObjectBody body) throws ObjectStoreException {
        puts.increment();
        PutResult result = store.putIfAbsent(key, body);
        bytesWritten.add(size(key, body));
        return result;
    }

    @Override
    public PutResult copyIfAbsent(String from, String to) throws ObjectStoreException {
        puts.increment();
        return store.copyIfAbsent(from, to);
    }

    @Override
    public Stream<ObjectInfo> list(String prefix) throws ObjectStoreException {
        lists.increment();
        return store.list(prefix);
    }

    @Override
    public void delete(String key) throws ObjectStoreException {
        deletes.increment();
        store.delete(key);
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
