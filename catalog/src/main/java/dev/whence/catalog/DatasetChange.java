package dev.whence.catalog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a version did to one dataset.
 *
 * @param read URLs in the batches that it took in
 * @param accepted those that ingest took
 * @param rejected those that it did not, by the code of the reason
 * @param added URLs that the dataset now has more
 * @param removed URLs that it no longer has
 * @param refused batches that changed nothing, with the reason; null for none
 */
public record DatasetChange(
        int datasetId,
        long read,
        long accepted,
        Map<String, Long> rejected,
        long added,
        long removed,
        @Nullable List<RefusedBatch> refused) {

    /** A change by batches all of which were taken. */
    public DatasetChange(
            int datasetId,
            long read,
            long accepted,
            Map<String, Long> rejected,
            long added,
            long removed) {
        this(datasetId, read, accepted, rejected, added, removed, null);
    }

    /** Batches that changed nothing, with the reason. */
    public List<RefusedBatch> refusedBatches() {
        return refused == null ? List.of() : refused;
    }
}
