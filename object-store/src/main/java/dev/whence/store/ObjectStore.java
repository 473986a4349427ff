package dev.whence.store;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Objects under keys. A key is one or more segments joined by {@code /}, at most 900 bytes of UTF-8
 * in all and 200 in a segment, no segment empty, {@code .} or {@code ..}, no control characters and
 * no backslash, the first segment not {@code .incoming}; anything else is an {@link
 * IllegalArgumentException}. An object appears whole or not at all; once a put has returned, every
 * reader sees it. A key must not also be used as a folder of other keys: a directory cannot hold
 * both. To put one that is, or below one that is, an object fails with an {@link
 * ObjectStoreException} wherever the store can see it. Implementations are thread-safe.
 *
 * <p>Errors are {@link ObjectStoreException}s that name the key: {@link ObjectNotFoundException},
 * {@link RangeNotSatisfiableException}, {@link AccessDeniedException}, {@link
 * StoreUnavailableException} (worth another try) and, from puts, {@link UnknownOutcomeException}.
 */
public interface ObjectStore extends AutoCloseable {

    ObjectInfo head(String key) throws ObjectStoreException;

    /** The whole object; for objects that are known to be small (at most 256 MiB). */
    byte[] get(String key) throws ObjectStoreException;

    /**
     * Exactly {@code length} bytes from {@code offset}; none, from an offset up to the object's
     * length, is an empty array.
     *
     * @throws RangeNotSatisfiableException if the object ends before them
     */
    byte[] getRange(String key, long offset, int length) throws ObjectStoreException;

    /** The object as a stream, from its first byte; the caller closes it. */
    InputStream open(String key) throws ObjectStoreException;

    /**
     * Writes the object to a local file, whole or not at all, in a folder that exists; a file of
     * that name is replaced.
     */
    void download(String key, Path file) throws ObjectStoreException;

    /**
     * Puts the object, over whatever is there.
     *
     * @throws UnknownOutcomeException if the object may or may not have been put
     */
    void put(String key, ObjectBody body) throws ObjectStoreException;

    /**
     * Puts the object if there is none: of any number of racing writers exactly one gets {@link
     * PutResult#CREATED}.
     *
     * @throws UnknownOutcomeException if the object may or may not have been put: read it back
     *     before doing anything else
     */
    PutResult putIfAbsent(String key, ObjectBody body) throws ObjectStoreException;

    /**
     * Puts an object's bytes under another key if there is none under it; the first one stays. Of
     * racing copies and puts-if-absent exactly one gets {@link PutResult#CREATED}. Where the target
     * is taken, nobody asks whether the source is there.
     *
     * <p>A directory gives the file a second name, without moving a byte, and the copy keeps the
     * time of its original; elsewhere it is as if it was put now. S3 sends the bytes down and up
     * again, up to 5 GiB, since not every server copies if absent by itself.
     *
     * @throws ObjectNotFoundException if there is no object to copy
     * @throws UnknownOutcomeException if it may or may not have been put
     */
    PutResult copyIfAbsent(String from, String to) throws ObjectStoreException;

    /**
     * All objects whose key begins with the prefix, in key order (bytes of UTF-8), fetched lazily;
     * close the stream. Errors come as {@link java.io.UncheckedIOException}.
     */
    Stream<ObjectInfo> list(String prefix) throws ObjectStoreException;

    /** Deletes the object; nothing happens if there is none. */
    void delete(String key) throws ObjectStoreException;

    /**
     * Where other programs find the object: {@code s3://bucket/key}, {@code file:///…}, {@code
     * memory:///…}.
     */
    URI location(String key);

    @Override
    void close();
}
