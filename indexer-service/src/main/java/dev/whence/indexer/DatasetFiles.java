package dev.whence.indexer;

import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The live files of one dataset while a publish changes them: those of the base, without the
 * removed, and behind them the added. Reads the base's list only once somebody wants all files. Not
 * thread-safe.
 */
final class DatasetFiles {
    private final IndexSnapshot base;
    private final int datasetId;
    private final Map<String, LakeFile> removed = new LinkedHashMap<>();
    private final Map<String, LiveFile> added = new LinkedHashMap<>();
    private @Nullable Map<String, LakeFile> left;

    DatasetFiles(IndexSnapshot base, int datasetId) {
        this.base = base;
        this.datasetId = datasetId;
    }

    int datasetId() {
        return datasetId;
    }

    IndexSnapshot base() {
        return base;
    }

    void add(LiveFile file) {
        added.put(file.key(), file);
    }

    /** Removes a live file, whichever it is; the file, if it was added by this publish. */
    @Nullable LiveFile remove(String key) {
        LiveFile ours = added.remove(key);
        if (ours != null) {
            return ours;
        }
        LakeFile old = leftByKey().remove(key);
        if (old == null) {
            throw new IllegalStateException(key + " is to be removed, and is not live");
        }
        removed.put(key, old);
        return null;
    }

    /** Files of the base that are live still, by file id. */
    List<LakeFile> ofBase() {
        return List.copyOf(leftByKey().values());
    }

    /** Files of this publish that are live, in the order in which they took effect. */
    List<LiveFile> added() {
        return List.copyOf(added.values());
    }

    /** Files of the base that are live no more. */
    List<LakeFile> removed() {
        return List.copyOf(removed.values());
    }

    boolean isRemoved(String key) {
        return removed.containsKey(key);
    }

    /** The keys of all live files, in their order. */
    List<String> keys() {
        var keys = new ArrayList<>(leftByKey().keySet());
        keys.addAll(added.keySet());
        return keys;
    }

    /** Bytes of all live files. */
    long bytes() {
        return leftByKey().values().stream().mapToLong(LakeFile::bytes).sum()
                + added.values().stream().mapToLong(LiveFile::bytes).sum();
    }

    long rows() {
        return leftByKey().values().stream().mapToLong(LakeFile::rows).sum()
                + added.values().stream().mapToLong(file -> file.counts().rows()).sum();
    }

    private Map<String, LakeFile> leftByKey() {
        Map<String, LakeFile> known = left;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (LakeFile file : base.files(datasetId)) {
                known.put(file.key(), file);
            }
            left = known;
        }
        return known;
    }
}
