package dev.whence.indexer;

import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which files of the lake a version names, asked dataset by dataset. A key that is not understood
 * counts as named. Used by one thread, while the snapshot is acquired.
 */
final class LiveKeys implements Predicate<String> {
    private final IndexSnapshot snapshot;
    private final Map<Integer, Set<String>> byDataset = new HashMap<>();

    LiveKeys(IndexSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public boolean test(String key) {
        return LakeName.of(key).map(name -> keysOf(name.datasetId()).contains(key)).orElse(true);
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
