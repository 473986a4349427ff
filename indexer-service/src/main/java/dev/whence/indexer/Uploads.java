package dev.whence.indexer;

import dev.whence.catalog.Block;
import dev.whence.catalog.FileRef;
import dev.whence.index.BlockFile;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What one attempt has brought to the store, noted before it is put: read back before anything
 * names it, and deleted again if nothing will. Thread-safe.
 */
final class Uploads {
    private static final System.Logger LOG = System.getLogger(Uploads.class.getName());

    private final ObjectStore store;
    private final Queue<ReadBack.Expected> uploads = new ConcurrentLinkedQueue<>();

    Uploads(ObjectStore store) {
        this.store = store;
    }

    /** Puts a file. */
    void put(String key, Path file, long bytes, int crc32c) throws IOException {
        uploads.add(new ReadBack.Expected(key, bytes, crc32c));
        store.put(key, ObjectBody.of(file));
    }

    /** Puts the files of a block, which stay where they are. */
    Block put(String blockId, Path built, List<BlockFile> files) throws IOException {
        var block =
                new Block(
                        blockId,
                        files.stream()
                                .map(file -> new FileRef(file.name(), file.bytes(), file.crc32c()))
                                .toList());
        for (FileRef file : block.files()) {
            put(block.key(file), built.resolve(file.name()), file.bytes(), file.crc32c());
        }
        return block;
    }

    /**
     * Copies an object within the store.
     *
     * @param original what it is; the copy will be read back
     */
    void copy(ReadBack.Expected original, String key) throws IOException {
        uploads.add(new ReadBack.Expected(key, original.bytes(), original.crc32c()));
        store.copyIfAbsent(original.key(), key);
    }

    /** Everything so far, as it was written. */
    List<ReadBack.Expected> all() {
        return List.copyOf(uploads);
    }

    /** Reads every upload back; what is wrong with the first that is not as it was written. */
    Optional<String> firstProblem() throws IOException {
        var readBack = new ReadBack(store);
        for (ReadBack.Expected upload : uploads) {
            Optional<String> problem = readBack.problem(upload);
            if (problem.isPresent()) {
                return Optional.of(upload.key() + ": " + problem.get());
            }
        }
        return Optional.empty();
    }

    /**
     * Deletes one that turns out not to be needed; false if the key is none of them. What cannot be
     * deleted is left to the orphan sweep.
     */
    boolean discard(String key) {
        boolean ours = uploads.removeIf(upload -> upload.key().equals(key));
        if (ours) {
            delete(key);
        }
        return ours;
    }

    /**
     * Deletes everything again. Only for an attempt that certainly is not published. What cannot be
     * deleted is left to the orphan sweep.
     */
    void drop() {
        for (var upload = uploads.poll(); upload != null; upload = uploads.poll()) {
            delete(upload.key());
        }
    }

    private void delete(String key) {
        try {
            store.delete(key);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Left to the orphan sweep: " + key, e);
        }
    }
}
