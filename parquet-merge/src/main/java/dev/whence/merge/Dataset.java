package dev.whence.merge;

import dev.whence.store.ObjectStore;
import java.util.List;

/**
 * The Parquet files of a source, or of a target as one snapshot has them. Their order counts: of
 * source rows with one key the last wins, and of target rows with one key the first is kept.
 */
public record Dataset(ObjectStore store, List<DataFile> files) {
    public Dataset {
        files = List.copyOf(files);
    }
}
