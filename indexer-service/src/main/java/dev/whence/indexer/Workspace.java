package dev.whence.indexer;

import dev.whence.catalog.Block;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.FreshId;
import dev.whence.index.BlockFile;
import dev.whence.lake.LakeLayout;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The objects that one attempt at a version makes, all under names that nobody else uses. Nothing
 * names them until the version is put; an attempt that fails, or loses, drops them. Thread-safe.
 */
final class Workspace {
    private final BlockCache cache;
    private final long version;
    private final FreshId ids;
    private final LakeStaging lake;
    private final Uploads blocks;

    Workspace(ObjectStore store, BlockCache cache, long version, FreshId ids) {
        this.blocks = new Uploads(store);
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
        Block block = blocks.put(Block.newId(version, ids.next()), built, files);
        cache.adopt(block, built);
        return block;
    }

    /** The files of the lake among them. */
    LakeStaging lake() {
        return lake;
    }

    /** Everything that was uploaded so far, as it was built. */
    List<ReadBack.Expected> uploads() {
        return Stream.concat(blocks.all().stream(), lake.uploads().all().stream()).toList();
    }

    /**
     * Deletes everything again. Only for an attempt that certainly is not published. What cannot be
     * deleted is left to the orphan sweep.
     */
    void drop() {
        lake.uploads().drop();
        blocks.drop();
    }
}
