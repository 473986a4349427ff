package dev.whence.indexer;

import dev.whence.catalog.Block;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.FileRef;
import dev.whence.catalog.FreshId;
import dev.whence.index.BlockFile;
import dev.whence.lake.LakeLayout;
import dev.whence.lake.UrlFileSummary;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.url.DomainPrefix;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The objects that one attempt at a version makes, all under names that nobody else uses. Nothing
 * names them until the version is put; an attempt that fails, or loses, drops them. Thread-safe.
 */
final class Workspace {
    private static final System.Logger LOG = System.getLogger(Workspace.class.getName());

    private final ObjectStore store;
    private final BlockCache cache;
    private final long version;
    private final FreshId ids;
    private final Queue<ReadBack.Expected> uploads = new ConcurrentLinkedQueue<>();

    Workspace(ObjectStore store, BlockCache cache, long version, FreshId ids) {
        this.store = store;
        this.cache = cache;
        this.version = version;
        this.ids = ids;
    }

    /** A directory on the cache's disk to build in. */
    Path newDirectory() throws IOException {
        return cache.newDirectory();
    }

    /** Uploads the files of a block and moves them into the cache. */
    Block addBlock(Path built, List<BlockFile> files) throws IOException {
        List<FileRef> refs =
                files.stream()
                        .map(file -> new FileRef(file.name(), file.bytes(), file.crc32c()))
                        .toList();
        var block = new Block(Block.newId(version, ids.next()), refs);
        for (FileRef file : refs) {
            upload(
                    new ReadBack.Expected(block.key(file), file.bytes(), file.crc32c()),
                    built.resolve(file.name()));
        }
        cache.adopt(block, built);
        return block;
    }

    /** Uploads a file of the lake and removes it here. */
    String addPart(int datasetId, Path file, UrlFileSummary summary) throws IOException {
        String key = addPart(datasetId, DomainPrefix.NONE, file, summary.bytes(), summary.crc32c());
        Files.delete(file);
        return key;
    }

    /** Uploads a file of the lake as it lies here, and leaves it here. */
    String addPart(int datasetId, DomainPrefix prefix, Path file) throws IOException {
        FileRef found = FileRef.of(file);
        return addPart(datasetId, prefix, file, found.bytes(), found.crc32c());
    }

    /**
     * Deletes an upload that turns out not to be needed. What cannot be deleted is left to the
     * orphan sweep.
     */
    void discard(String key) {
        uploads.removeIf(upload -> upload.key().equals(key));
        delete(key);
    }

    /** Everything that was uploaded so far, as it was built. */
    List<ReadBack.Expected> uploads() {
        return List.copyOf(uploads);
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

    private String addPart(int datasetId, DomainPrefix prefix, Path file, long bytes, int crc32c)
            throws IOException {
        String key = LakeLayout.part(datasetId, prefix.text(), version, ids.next());
        upload(new ReadBack.Expected(key, bytes, crc32c), file);
        return key;
    }

    private void delete(String key) {
        try {
            store.delete(key);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Left to the orphan sweep: " + key, e);
        }
    }

    private void upload(ReadBack.Expected upload, Path file) throws IOException {
        uploads.add(upload);
        store.put(upload.key(), ObjectBody.of(file));
    }
}
