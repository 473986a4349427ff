package dev.whence.indexer;

import dev.whence.catalog.BatchFileName;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which files of the lake a version names, asked dataset by dataset. A key that is not understood
 * counts as named, a source of a merge never is. Used by one thread, while the snapshot is
 * acquired.
 */
final class LiveKeys implements Predicate<String> {
    private static final int DATASETS_IN_MEMORY = 16;

    private final IndexSnapshot snapshot;
    private final Map<Integer, Set<String>> byDataset =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, Set<String>> eldest) {
                    return size() > DATASETS_IN_MEMORY;
                }
            };

    LiveKeys(IndexSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public boolean test(String key) {
        return BatchFileName.of(key).isEmpty()
                && LakeName.of(key)
                        .map(name -> keysOf(name.datasetId()).contains(key))
                        .orElse(true);
    }

    private Set<String> keysOf(int datasetId) {
        return byDataset.computeIfAbsent(
                datasetId,
                id ->
                        snapshot.files(id).stream()
                                .map(LakeFile::key)
                                .collect(Collectors.toUnmodifiableSet()));
    }
}
