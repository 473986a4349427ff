package dev.whence.index;

import java.util.List;

/**
 * A live Parquet file.
 *
 * @param fileId its number in the registry, never reused; greater than that of every file added
 *     before
 * @param datasetId the dataset (u32) that it belongs to
 * @param key its object in the store
 * @param rowGroups its row groups in order, sorted by domain
 */
public record LakeFile(
        long fileId, int datasetId, String key, long bytes, List<RowGroupBounds> rowGroups) {

    public long rows() {
        return rowGroups.stream().mapToLong(RowGroupBounds::rows).sum();
    }
}
