package dev.whence.indexer;

import dev.whence.catalog.BatchFileName;
import dev.whence.catalog.BlockName;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.Dataset;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.LogPartition;
import dev.whence.catalog.RejectsName;
import dev.whence.lake.LakeLayout;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Goes round the folders that can hold orphans, some keys at a time. Which folder is the first is
 * left to chance: an indexer that is started again and again comes to each of them all the same.
 * Not thread-safe.
 */
final class OrphanWalk {
    private final ObjectStore store;
    private final CommitLog log;
    private final DatasetRegistry datasets;
    private final RandomGenerator random;
    private String folder = "";
    private String visitedUpTo = "";

    interface Visitor {
        void visit(ObjectInfo object) throws IOException;
    }

    OrphanWalk(ObjectStore store, CommitLog log, DatasetRegistry datasets, RandomGenerator random) {
        this.store = store;
        this.log = log;
        this.datasets = datasets;
        this.random = random;
    }

    /** Visits the keys behind those of the last time: at most so many, and each folder once. */
    void visitNext(int mostKeys, Visitor visitor) throws IOException {
        List<String> folders = folders();
        int at = folders.indexOf(folder);
        if (at < 0) {
            at = random.nextInt(folders.size());
            visitedUpTo = "";
        }
        int keysLeft = mostKeys;
        for (int visited = 0; visited < folders.size() && keysLeft > 0; visited++) {
            List<ObjectInfo> objects = objects(folders.get(at), keysLeft);
            // The place is left first: a key that cannot be dealt with is not met before the next
            // round, and does not keep the walk from those behind it.
            if (objects.size() == keysLeft) {
                visitedUpTo = objects.getLast().key();
            } else {
                at = (at + 1) % folders.size();
                visitedUpTo = "";
            }
            folder = folders.get(at);
            keysLeft -= objects.size();
            for (ObjectInfo object : objects) {
                visitor.visit(object);
            }
        }
    }

    private List<ObjectInfo> objects(String prefix, int most) throws IOException {
        String after = visitedUpTo;
        try (Stream<ObjectInfo> objects = store.list(prefix)) {
            return objects.dropWhile(object -> object.key().compareTo(after) <= 0)
                    .limit(most)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<String> folders() throws IOException {
        var folders = new ArrayList<String>();
        folders.add(BlockName.ROOT);
        for (LogPartition partition : log.partitions()) {
            folders.add(RejectsName.folder(partition));
            folders.add(BatchFileName.folder(partition));
        }
        for (Dataset dataset : datasets.all()) {
            folders.add(
                    LakeLayout.ROOT + "dataset_id=" + Integer.toUnsignedString(dataset.id()) + "/");
        }
        return folders;
    }
}
