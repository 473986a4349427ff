package dev.whence.catalog;

import java.util.Map;

/**
 * What a version did to one dataset.
 *
 * @param read URLs in the batches that it took in
 * @param accepted those that ingest took
 * @param rejected those that it did not, by the code of the reason
 * @param added URLs that the dataset now has more
 * @param removed URLs that it no longer has
 */
public record DatasetChange(
        int datasetId,
        long read,
        long accepted,
        Map<String, Long> rejected,
        long added,
        long removed) {}
