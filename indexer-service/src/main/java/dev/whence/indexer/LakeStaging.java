package dev.whence.indexer;

import dev.whence.catalog.FileRef;
import dev.whence.catalog.FreshId;
import dev.whence.lake.UrlFileSummary;
import dev.whence.store.ObjectStore;
import dev.whence.url.DomainPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of the lake that one attempt writes: made in directories of their own, uploaded under
 * names that nobody else uses. Nothing names them until a version is put. Thread-safe.
 */
final class LakeStaging {
    private final FreshId ids;
    private final Directories directories;
    private final Naming naming;
    private final Uploads uploads;

    /** Where files are made before they are uploaded. */
    interface Directories {
        Path newDirectory() throws IOException;
    }

    /** The key of a file, see {@link LakeName}. */
    interface Naming {
        String key(int datasetId, DomainPrefix prefix, String freshId);
    }

    LakeStaging(ObjectStore store, FreshId ids, Directories directories, Naming naming) {
        this.uploads = new Uploads(store);
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
        uploads.copy(original, key);
        return key;
    }

    /** Everything that was uploaded so far. */
    Uploads uploads() {
        return uploads;
    }

    private String put(int datasetId, DomainPrefix prefix, Path file, long bytes, int crc32c)
            throws IOException {
        String key = naming.key(datasetId, prefix, ids.next());
        uploads.put(key, file, bytes, crc32c);
        return key;
    }
}
