package dev.whence.indexer;

import dev.whence.catalog.FileRef;
import dev.whence.catalog.FreshId;
import dev.whence.lake.UrlFileSummary;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.url.DomainPrefix;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The files of the lake that one attempt writes: made in directories of their own, uploaded under
 * names that nobody else uses. Nothing names them until a version is put. Thread-safe.
 */
final class LakeStaging {
    private static final System.Logger LOG = System.getLogger(LakeStaging.class.getName());

    private final ObjectStore store;
    private final FreshId ids;
    private final Directories directories;
    private final Naming naming;
    private final Queue<ReadBack.Expected> uploads = new ConcurrentLinkedQueue<>();

    /** Where files are made before they are uploaded. */
    interface Directories {
        Path newDirectory() throws IOException;
    }

    /** The key of a file, see {@link LakeName}. */
    interface Naming {
        String key(int datasetId, DomainPrefix prefix, String freshId);
    }

    LakeStaging(ObjectStore store, FreshId ids, Directories directories, Naming naming) {
        this.store = store;
        this.ids = ids;
        this.directories = directories;
        this.naming = naming;
    }

    Path newDirectory() throws IOException {
        return directories.newDirectory();
    }

    /** Uploads a file whose sums are known, and removes it here. */
    String put(int datasetId, DomainPrefix prefix, Path file, UrlFileSummary summary)
            throws IOException {
        String key = put(datasetId, prefix, file, summary.bytes(), summary.crc32c());
        Files.delete(file);
        return key;
    }

    /** Uploads a file as it lies here, and leaves it here. */
    String put(int datasetId, DomainPrefix prefix, Path file) throws IOException {
        FileRef found = FileRef.of(file);
        return put(datasetId, prefix, file, found.bytes(), found.crc32c());
    }

    /**
     * Copies an object within the store.
     *
     * @param original what it is; the copy will be read back
     */
    String copy(int datasetId, DomainPrefix prefix, ReadBack.Expected original) throws IOException {
        String key = naming.key(datasetId, prefix, ids.next());
        uploads.add(new ReadBack.Expected(key, original.bytes(), original.crc32c()));
        store.copyIfAbsent(original.key(), key);
        return key;
    }

    /**
     * Deletes an upload that turns out not to be needed; false if the key is none of them. What
     * cannot be deleted is left to the orphan sweep.
     */
    boolean discard(String key) {
        boolean ours = uploads.removeIf(upload -> upload.key().equals(key));
        if (ours) {
            delete(key);
        }
        return ours;
    }

    /** Everything that was uploaded so far, as it was written. */
    List<ReadBack.Expected> uploads() {
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
     * Deletes everything again. Only for an attempt that certainly is not published. What cannot be
     * deleted is left to the orphan sweep.
     */
    void drop() {
        for (var upload = uploads.poll(); upload != null; upload = uploads.poll()) {
            delete(upload.key());
        }
    }

    private String put(int datasetId, DomainPrefix prefix, Path file, long bytes, int crc32c)
            throws IOException {
        String key = naming.key(datasetId, prefix, ids.next());
        uploads.add(new ReadBack.Expected(key, bytes, crc32c));
        store.put(key, ObjectBody.of(file));
        return key;
    }

    private void delete(String key) {
        try {
            store.delete(key);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Left to the orphan sweep: " + key, e);
        }
    }
}
