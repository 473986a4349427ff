package dev.whence.query.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dataset with its statistics.
 *
 * @param urls how many URLs it holds
 * @param domains of how many domains
 * @param files how many Parquet files it has
 * @param bytes how large they are together
 * @param share its URLs as a part of those of all datasets, 0 to 1
 * @param firstIngestAt when the first of its batches was taken in; null where nobody noted it
 * @param lastIngestAt the same of the last
 */
public record DatasetSummary(
        int datasetId,
        String name,
        long urls,
        long domains,
        long files,
        long bytes,
        double share,
        @Nullable Instant firstIngestAt,
        @Nullable Instant lastIngestAt) {}
