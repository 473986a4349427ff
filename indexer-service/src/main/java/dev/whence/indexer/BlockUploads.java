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

/** The blocks that one attempt brings to the store. Thread-safe. */
final class BlockUploads {
    private static final System.Logger LOG = System.getLogger(BlockUploads.class.getName());

    private final ObjectStore store;
    private final Queue<ReadBack.Expected> uploads = new ConcurrentLinkedQueue<>();

    BlockUploads(ObjectStore store) {
        this.store = store;
    }

    /** Uploads the files of a block, which stay where they are. */
    Block put(String id, Path built, List<BlockFile> files) throws IOException {
        var block =
                new Block(
                        id,
                        files.stream()
                                .map(file -> new FileRef(file.name(), file.bytes(), file.crc32c()))
                                .toList());
        for (FileRef file : block.files()) {
            String key = block.key(file);
            uploads.add(new ReadBack.Expected(key, file.bytes(), file.crc32c()));
            store.put(key, ObjectBody.of(built.resolve(file.name())));
        }
        return block;
    }

    /** Everything that was uploaded so far, as it was built. */
    List<ReadBack.Expected> all() {
        return List.copyOf(uploads);
    }

    /** Reads every upload back; what is wrong with the first that is not as it was built. */
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
            try {
                store.delete(upload.key());
            } catch (IOException e) {
                LOG.log(Level.WARNING, "Left to the orphan sweep: " + upload.key(), e);
            }
        }
    }
}
