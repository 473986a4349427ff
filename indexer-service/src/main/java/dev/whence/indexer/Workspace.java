package dev.whence.indexer;

import dev.whence.catalog.Block;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.FileRef;
import dev.whence.catalog.FreshId;
import dev.whence.index.BlockFile;
import dev.whence.lake.LakeLayout;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

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
    private final LakeStaging lake;
    private final Queue<ReadBack.Expected> blocks = new ConcurrentLinkedQueue<>();

    Workspace(ObjectStore store, BlockCache cache, long version, FreshId ids) {
        this.store = store;
        this.cache = cache;
        this.version = version;
        this.ids = ids;
        this.lake =
                new LakeStaging(
                        store,
                        ids,
                        cache::newDirectory,
                        (datasetId, prefix, freshId) ->
                                LakeLayout.part(datasetId, prefix.text(), version, freshId));
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

    /** The files of the lake among them. */
    LakeStaging lake() {
        return lake;
    }

    /** Everything that was uploaded so far, as it was built. */
    List<ReadBack.Expected> uploads() {
        return Stream.concat(blocks.stream(), lake.uploads().stream()).toList();
    }

    /**
     * Deletes everything again. Only for an attempt that certainly is not published. What cannot be
     * deleted is left to the orphan sweep.
     */
    void drop() {
        lake.drop();
        for (var upload = blocks.poll(); upload != null; upload = blocks.poll()) {
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

    private void upload(ReadBack.Expected upload, Path file) throws IOException {
        blocks.add(upload);
        store.put(upload.key(), ObjectBody.of(file));
    }
}
