package dev.whence.merge.directory;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.Partition;
import dev.whence.store.ObjectStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a table at one moment.
 *
 * @param number of the newest commit; 0 if there is none, and the files are all that lie there
 * @param files in the order in which they came to the table
 */
public record TableSnapshot(long number, List<Live> files) {

    /**
     * A file, and where it is.
     *
     * @param key of its object in the store: its place, or where it is staged
     * @param newcomer whether another program put it in since the newest commit
     */
    public record Live(TableFile file, String key, Partition partition, boolean newcomer) {

        /** Whether it still has to be moved to its place. */
        public boolean isStaged() {
            return !key.endsWith(file.path());
        }
    }

    public TableSnapshot {
        files = List.copyOf(files);
    }

    /** The files as a merge takes them. */
    public Dataset dataset(ObjectStore store) {
        return new Dataset(
                store,
                files.stream()
                        .map(live ->
                                new DataFile(live.key(), live.file().bytes(), live.partition()))
                        .toList());
    }

    /** The columns that its paths hold; empty while it has no file that could say. */
    Optional<List<String>> partitionColumns() {
        return files.stream().findFirst().map(live -> live.partition().columns());
    }

    /** By path. */
    Map<String, Live> byPath() {
        Map<String, Live> byPath = new HashMap<>();
        files.forEach(live -> byPath.put(live.file().path(), live));
        return byPath;
    }

    /** The folders of the partitions, as they are written. */
    Map<Partition, String> folders() {
        Map<Partition, String> folders = new HashMap<>();
        for (Live live : files) {
            folders.putIfAbsent(live.partition(), HivePaths.folder(live.file().path()));
        }
        return folders;
    }
}
