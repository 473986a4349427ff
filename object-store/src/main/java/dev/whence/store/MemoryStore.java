package dev.whence.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Objects on the heap: reads take no lock, writes take turns. */
final class MemoryStore implements ObjectStore {

    /** The bytes are never changed, and copied when they leave. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Stored(byte[] content, Instant lastModified) {}

    private final ConcurrentSkipListMap<String, Stored> objects =
            new ConcurrentSkipListMap<>(Keys.ORDER);
    private final Clock clock;

    MemoryStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public ObjectInfo head(String key) throws ObjectStoreException {
        return info(key, stored(key));
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
        byte[] content = stored(key).content();
        Limits.requireSmall(key, content.length);
        return content.clone();
    }

    @Override
    public byte[] getRange(String key, long offset, int length) throws ObjectStoreException {
        Range range = new Range(Keys.check(key), offset, length);
        byte[] content = stored(key).content();
        range.requireWithin(content.length);
        return Arrays.copyOfRange(content, (int) offset, (int) range.end());
    }

    @Override
    public InputStream open(String key) throws ObjectStoreException {
        return new ByteArrayInputStream(stored(key).content());
    }

    @Override
    public void download(String key, Path file) throws ObjectStoreException {
        try (InputStream content = open(key);
                WholeFile whole = WholeFile.beside(file)) {
            whole.write(content);
            whole.moveTo(file.toAbsolutePath());
        } catch (ObjectStoreException e) {
            throw e;
        } catch (IOException e) {
            throw new ObjectStoreException(
                    key, "cannot download %s to %s: %s".formatted(key, file, e), e);
        }
    }

    @Override
    public void put(String key, ObjectBody body) throws ObjectStoreException {
        Stored stored = read(Keys.check(key), body);
        synchronized (objects) {
            requireNoFolder(key);
            objects.put(key, stored);
        }
    }

    @Override
    public PutResult putIfAbsent(String key, ObjectBody body) throws ObjectStoreException {
        Stored stored = read(Keys.check(key), body);
        synchronized (objects) {
            requireNoFolder(key);
            return objects.putIfAbsent(key, stored) == null
                    ? PutResult.CREATED
                    : PutResult.ALREADY_EXISTS;
        }
    }

    @Override
    public PutResult copyIfAbsent(String from, String to) throws ObjectStoreException {
        Keys.check(from);
        synchronized (objects) {
            if (objects.containsKey(Keys.check(to))) {
                return PutResult.ALREADY_EXISTS;
            }
            Stored copy = new Stored(stored(from).content(), clock.instant());
            requireNoFolder(to);
            objects.put(to, copy);
            return PutResult.CREATED;
        }
    }

    @Override
    public Stream<ObjectInfo> list(String prefix) {
        return objects.tailMap(Keys.checkPrefix(prefix)).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> info(entry.getKey(), entry.getValue()));
    }

    @Override
    public void delete(String key) {
        objects.remove(Keys.check(key));
    }

    @Override
    public URI location(String key) {
        try {
            String path = new URI(null, null, "/" + Keys.check(key), null).getRawPath();
            return URI.create("memory://" + path);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("key " + key, e);
        }
    }

    @Override
    public void close() {
        objects.clear();
    }

    private Stored stored(String key) throws ObjectNotFoundException {
        @Nullable Stored stored = objects.get(Keys.check(key));
        if (stored == null) {
            throw new ObjectNotFoundException(key, "no object " + key + " in memory", null);
        }
        return stored;
    }

    private Stored read(String key, ObjectBody body) throws ObjectStoreException {
        try {
            byte[] content =
                    switch (body) {
                        case ObjectBody.Bytes bytes -> bytes.content().clone();
                        case ObjectBody.LocalFile file -> Files.readAllBytes(file.path());
                    };
            return new Stored(content, clock.instant());
        } catch (IOException e) {
            throw new ObjectStoreException(key, "cannot read the body of " + key, e);
        }
    }

    /** A directory could not hold both, so that a mistake shows here too. */
    private void requireNoFolder(String key) throws ObjectStoreException {
        @Nullable String below = objects.ceilingKey(key + "/");
        if (below != null && below.startsWith(key + "/")) {
            throw new ObjectStoreException(
                    key, "cannot put %s: it is a folder of %s".formatted(key, below), null);
        }
        for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
            String folder = key.substring(0, slash);
            if (objects.containsKey(folder)) {
                throw new ObjectStoreException(
                        key, "cannot put %s: %s is an object".formatted(key, folder), null);
            }
        }
    }

    private static ObjectInfo info(String key, Stored stored) {
        return new ObjectInfo(key, stored.content().length, stored.lastModified());
    }
}
