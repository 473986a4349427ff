package dev.whence.merge.directory;

import dev.whence.merge.DataFile;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.Partition;
import dev.whence.merge.Staging;
import dev.whence.merge.directory.TableCommit.Added;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/** The staged files of one merge, under its id, where no reader looks. Thread-safe. */
final class DirectoryStaging implements Staging {
    private final ObjectStore store;
    private final TablePaths paths;
    private final String mergeId;
    private final Map<Partition, String> folders;
    private final AtomicInteger files = new AtomicInteger();
    private final Map<String, Added> staged = new ConcurrentHashMap<>();

    /**
     * @param folders of the partitions that there are: they are written as whoever made them did
     */
    DirectoryStaging(
            ObjectStore store, TablePaths paths, String mergeId, Map<Partition, String> folders) {
        this.store = store;
        this.paths = paths;
        this.mergeId = mergeId;
        this.folders = Map.copyOf(folders);
    }

    String mergeId() {
        return mergeId;
    }

    @Override
    public DataFile put(Partition partition, Path file, long bytes) throws IOException {
        int number = files.getAndIncrement();
        @Nullable String folder = folders.get(partition);
        String path =
                (folder == null ? HivePaths.folder(partition) : folder)
                        + TablePaths.fresh(mergeId, number);
        String key = paths.key(path);
        requireKey(key);
        var added = new Added(path, bytes, 0, crc32c(file), TablePaths.staged(mergeId, number));
        store.put(paths.key(added.staged()), ObjectBody.of(file));
        staged.put(key, added);
        return new DataFile(key, bytes, partition);
    }

    /** Now, as after the commit nothing may stand in the way of the file. */
    private void requireKey(String key) {
        try {
            store.location(key);
        } catch (IllegalArgumentException e) {
            throw new MergeRefusedException(
                    "a partition's values cannot stand in a path: " + e.getMessage());
        }
    }

    private static int crc32c(Path file) throws IOException {
        var crc = new CRC32C();
        try (InputStream content = new CheckedInputStream(Files.newInputStream(file), crc)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return (int) crc.getValue();
    }

    /** A file that was put here, as a commit names it. */
    Added added(DataFile file, long rows) {
        @Nullable Added found = staged.get(file.key());
        if (found == null) {
            throw new IllegalStateException(file.key() + " was never staged");
        }
        return new Added(found.path(), found.bytes(), rows, found.crc32c(), found.staged());
    }

    /** Deletes all of it; only if it is certain that no commit names it. */
    void discard() throws IOException {
        delete(store, paths, mergeId);
    }

    static void delete(ObjectStore store, TablePaths paths, String mergeId) throws IOException {
        List<String> keys;
        try (Stream<ObjectInfo> objects = store.list(paths.key(TablePaths.staging(mergeId)))) {
            keys = objects.map(ObjectInfo::key).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (String key : keys) {
            store.delete(key);
        }
    }
}
