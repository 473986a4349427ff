package dev.whence.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollback left out and nobody has replayed.
 *
 * @param version in which was rolled back
 * @param to the version whose data came back
 * @param datasetId the dataset; null for all
 * @param leftOut entries that no longer act on it
 */
public record Rollback(long version, long to, @Nullable Integer datasetId, List<LogRange> leftOut) {
    public Rollback {
        leftOut = List.copyOf(leftOut);
    }

    /** Whether it concerns a dataset. */
    public boolean concerns(int id) {
        return datasetId == null || datasetId == id;
    }
}
