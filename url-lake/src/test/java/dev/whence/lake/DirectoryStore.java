package dev.whence.lake;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.PutResult;
import dev.whence.store.RangeNotSatisfiableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Files of a directory as objects to read, with a record of all that was read. */
final class DirectoryStore implements ObjectStore {
    private final Path root;
    private final List<Read> reads = Collections.synchronizedList(new ArrayList<>());

    record Read(String key, long offset, int bytes) {}

    DirectoryStore(Path root) {
        this.root = root;
    }

    int requests() {
        return reads.size();
    }

    long bytesRead() {
        return reads.stream().mapToLong(Read::bytes).sum();
    }

    void forget() {
        reads.clear();
    }

    @Override
    public ObjectInfo head(String key) throws ObjectStoreException {
        Path file = root.resolve(key);
        try {
            return new ObjectInfo(
                    key, Files.size(file), Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            throw new ObjectNotFoundException(key, "no object " + key, e);
        }
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
        return getRange(key, 0, (int) head(key).bytes());
    }

    @Override
    public byte[] getRange(String key, long offset, int length) throws ObjectStoreException {
        reads.add(new Read(key, offset, length));
        try (FileChannel channel = FileChannel.open(root.resolve(key))) {
            if (offset < 0 || length < 0 || offset + length > channel.size()) {
                throw new RangeNotSatisfiableException(
                        key, "[%d, +%d) of %s".formatted(offset, length, key), null);
            }
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
                channel.read(bytes, offset + bytes.position());
            }
            return bytes.array();
        } catch (ObjectStoreException e) {
            throw e;
        } catch (IOException e) {
            throw new ObjectNotFoundException(key, "no object " + key, e);
        }
    }

    @Override
    public InputStream open(String key) {
        throw new UnsupportedOperationException("read only by ranges");
    }

    @Override
    public void download(String key, Path file) {
        throw new UnsupportedOperationException("read only by ranges");
    }

    @Override
    public void put(String key, ObjectBody body) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public PutResult putIfAbsent(String key, ObjectBody body) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public Stream<ObjectInfo> list(String prefix) {
        throw new UnsupportedOperationException("read only by ranges");
    }

    @Override
    public void delete(String key) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public URI location(String key) {
        return root.resolve(key).toUri();
    }

    @Override
    public void close() {}
}
