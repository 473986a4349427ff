package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.LogPosition;
import dev.whence.catalog.QueueRef;
import dev.whence.catalog.RefusedBatch;
import dev.whence.catalog.Version;
import dev.whence.query.version.VersionSummary;
import dev.whence.query.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A version of the index. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "A version of the index.")
public record VersionAnswer(
        @Schema(examples = "264") long number,
        @Schema(examples = "2026-11-21T07:45:40Z") Instant publishedAt,
        @Schema(description = "Seconds since it was published.", examples = "12") long ageSeconds,
        @Schema(description = "Whether it is what questions without a version get.") boolean served,
        @Schema(description = "The number of the rules for canonical URLs.", examples = "1")
                int urlProfile,
        @Schema(description = "The date of the Public Suffix List.", examples = "2026-10-30")
                String suffixListDate,
        @Nullable Counts counts,
        @Schema(description = "Up to where it holds each partition of the commit log.")
                List<Position> logPositions,
        @Schema(
                        description =
                                "Datasets with batches before the log positions that are still being merged, and not in the counts yet.")
                List<Queued> queued,
        @Schema(description = "What its publish did to each dataset.") List<Change> changes) {

    /** How much a version holds. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "VersionCounts", description = "How much a version holds; exact.")
    public record Counts(
            @Schema(examples = "32") long datasets,
            @Schema(examples = "81000") long domains,
            @Schema(examples = "1250000") long urls,
            @Schema(description = "Live Parquet files.", examples = "41") long files) {

        static @Nullable Counts of(Version.@Nullable Counts counts) {
            return counts == null
                    ? null
                    : new Counts(
                            counts.datasets(), counts.domains(), counts.urls(), counts.files());
        }
    }

    /** Up to where a version holds a partition of the commit log. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(
            name = "LogPosition",
            description = "Every record before next_offset is in the version.")
    public record Position(
            @Schema(examples = "Yk3bSdJhQ4mWm1rX0l9q2A") String topicId,
            @Schema(examples = "0") int partition,
            @Schema(examples = "1800") long nextOffset) {

        static Position of(LogPosition position) {
            return new Position(position.topicId(), position.partition(), position.nextOffset());
        }
    }

    /** A dataset with batches that are still being merged. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(
            name = "QueuedDataset",
            description = "A dataset with batches that are still being merged.")
    public record Queued(
            @Schema(examples = "7") long datasetId,
            @Schema(examples = "c4", nullable = true) @Nullable String name,
            @Schema(
                            description = "The version since which the first of them is merged.",
                            examples = "263")
                    long since) {

        static Queued of(QueueRef queue, View names) {
            return new Queued(
                    Integer.toUnsignedLong(queue.datasetId()),
                    nameOf(queue.datasetId(), names),
                    queue.since());
        }
    }

    /** What a publish did to a dataset. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "DatasetChange", description = "What a publish did to a dataset.")
    public record Change(
            @Schema(examples = "7") long datasetId,
            @Schema(
                            description = "Null if the served version does not have it any more.",
                            examples = "c4",
                            nullable = true)
                    @Nullable String name,
            @Schema(description = "URLs in the batches that were taken in.", examples = "1000")
                    long read,
            @Schema(description = "Those that were taken as URLs.", examples = "997") long accepted,
            @Schema(
                            description = "Those that were not, by reason.",
                            examples = "{\"unsupported-scheme\": 3}")
                    Map<String, Long> rejected,
            @Schema(description = "URLs that the dataset has more.", examples = "640") long added,
            @Schema(description = "URLs that it has no longer.", examples = "0") long removed,
            @Schema(description = "Batches that were taken in and changed nothing.")
                    List<Refused> refused) {

        static Change of(DatasetChange change, View names) {
            return new Change(
                    Integer.toUnsignedLong(change.datasetId()),
                    nameOf(change.datasetId(), names),
                    change.read(),
                    change.accepted(),
                    change.rejected(),
                    change.added(),
                    change.removed(),
                    change.refusedBatches().stream().map(Refused::of).toList());
        }
    }

    /** A batch that was taken in and changed nothing. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(
            name = "RefusedBatch",
            description =
                    "A batch that was taken in and changed nothing, because it could not be merged or never became whole.")
    public record Refused(
            @Schema(examples = "full_merge") String strategy,
            @Schema(examples = "nightly-2026-11-21", nullable = true) @Nullable String batchId,
            @Schema(
                            examples =
                                    "expired: 2 parts came, the newest at 2026-11-21T07:45:40Z, and part 1 is missing")
                    String reason) {

        static Refused of(RefusedBatch batch) {
            return new Refused(batch.strategy().text(), batch.batchId(), batch.reason());
        }
    }

    /**
     * Names come from the served version: a dataset once in the table stays in it, until it is
     * retracted.
     */
    public static VersionAnswer of(VersionSummary summary, View served, Instant now) {
        return new VersionAnswer(
                summary.number(),
                summary.publishedAt(),
                Math.max(0, Duration.between(summary.publishedAt(), now).toSeconds()),
                summary.number() == served.number(),
                summary.urlProfile(),
                summary.suffixListDate(),
                Counts.of(summary.counts()),
                summary.positions().stream().map(Position::of).toList(),
                summary.queued().stream().map(queue -> Queued.of(queue, served)).toList(),
                summary.changes().stream().map(change -> Change.of(change, served)).toList());
    }

    private static @Nullable String nameOf(int datasetId, View names) {
        return names.nameOf(datasetId);
    }
}
