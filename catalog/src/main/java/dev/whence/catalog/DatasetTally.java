package dev.whence.catalog;

import java.util.Map;

/**
 * What became of the URLs that a flush read for one dataset.
 *
 * @param read URLs in its batches
 * @param accepted those taken (before equal ones among them are dropped)
 * @param rejected those not taken, by the code of the reason
 */
public record DatasetTally(int datasetId, long read, long accepted, Map<String, Long> rejected) {}
