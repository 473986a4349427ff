package dev.whence.indexer;

import dev.whence.catalog.FileRef;
import dev.whence.catalog.FreshId;
import dev.whence.lake.LakeLayout;
import dev.whence.merge.DataFile;
import dev.whence.merge.Partition;
import dev.whence.merge.Staging;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** The objects that one compaction writes, under names that nobody else uses. Thread-safe. */
final class CompactionStaging implements Staging {
    private static final System.Logger LOG = System.getLogger(CompactionStaging.class.getName());

    private final ObjectStore store;
    private final FreshId ids;
    private final int datasetId;
    private final long base;
    private final BooleanSupplier stopped;
    private final Queue<ReadBack.Expected> uploads = new ConcurrentLinkedQueue<>();

    CompactionStaging(
            ObjectStore store, FreshId ids, int datasetId, long base, BooleanSupplier stopped) {
        this.store = store;
        this.ids = ids;
        this.datasetId = datasetId;
        this.base = base;
        this.stopped = stopped;
    }

    @Override
    public DataFile put(Partition partition, Path file, long bytes) throws IOException {
        if (stopped.getAsBoolean()) {
            throw new CompactionStoppedException();
        }
        FileRef found = FileRef.of(file);
        String key =
                LakeLayout.compacted(
                        datasetId, PrefixPartitioner.prefixOf(partition), base, ids.next());
        uploads.add(new ReadBack.Expected(key, found.bytes(), found.crc32c()));
        store.put(key, ObjectBody.of(file));
        return DataFile.of(key, bytes);
    }

    /** Everything that was uploaded so far, as it was written. */
    List<ReadBack.Expected> uploads() {
        return List.copyOf(uploads);
    }

    /**
     * Deletes everything again. Only while no version can name it. What cannot be deleted is left
     * to the orphan sweep.
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
