package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.query.view.DatasetSummary;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A dataset with its statistics. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "A dataset with its statistics in the version that answers.")
public record DatasetAnswer(
        @Schema(examples = "7", minimum = "0", maximum = "4294967295") long datasetId,
        @Schema(examples = "c4") String name,
        @Schema(description = "How many URLs it holds; exact.", examples = "365000000")
                long urlCount,
        @Schema(description = "Of how many domains; exact.", examples = "15600000")
                long domainCount,
        @Schema(description = "How many Parquet files it has.", examples = "41") long files,
        @Schema(description = "How large they are together.", examples = "5200000000") long bytes,
        @Schema(
                        description = "Its URLs as a part of those of all datasets, 0 to 1.",
                        examples = "0.125")
                double share,
        @Schema(
                        description =
                                "When the first of its batches was taken in; null if nobody noted"
                                        + " it.",
                        examples = "2026-10-01T12:00:00Z",
                        nullable = true)
                @Nullable Instant firstIngestAt,
        @Schema(
                        description = "When the newest of its batches was taken in.",
                        examples = "2026-11-21T07:45:38Z",
                        nullable = true)
                @Nullable Instant lastIngestAt) {

    public static DatasetAnswer of(DatasetSummary dataset) {
        return new DatasetAnswer(
                Integer.toUnsignedLong(dataset.datasetId()),
                dataset.name(),
                dataset.urls(),
                dataset.domains(),
                dataset.files(),
                dataset.bytes(),
                dataset.share(),
                dataset.firstIngestAt(),
                dataset.lastIngestAt());
    }
}
