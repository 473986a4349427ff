package dev.whence.catalog;

import java.time.Instant;
import java.util.List;

/**
 * A version of the index: a numbered, immutable list of what it is made of. Version 0 is the empty
 * one and is not stored.
 *
 * @param writer a fresh id of this very publish
 * @param generations ascending by ordinal, without gaps
 * @param segments oldest first, without gaps in versions
 * @param datasetTable the block whose one file is the {@link DatasetTable}
 * @param positions one for each partition of the commit log
 * @param changes what this publish did, by dataset id
 * @param oldestRetained the oldest version that readers may still ask for
 * @param nextFileId the registry id that the next live file will get
 */
public record Version(
        int format,
        long number,
        Instant publishedAt,
        String writer,
        int urlProfile,
        String suffixListDate,
        List<GenerationRef> generations,
        List<SegmentRef> segments,
        Block datasetTable,
        List<LogPosition> positions,
        List<DatasetChange> changes,
        Counts counts,
        long nextFileId,
        long oldestRetained,
        List<Superseded> superseded,
        List<Expired> expired) {

    /**
     * How much a version holds.
     *
     * @param domains those with at least one URL
     */
    public record Counts(long datasets, long domains, long urls, long files) {}

    public static final int FORMAT = CatalogJson.FORMAT;
}
