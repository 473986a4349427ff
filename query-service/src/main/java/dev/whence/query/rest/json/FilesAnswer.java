package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The shape of what {@link FileList} streams, for the OpenAPI document. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "The Parquet files that make up a version, by dataset and file id.")
public record FilesAnswer(@Schema(examples = "264") long version, List<LiveFile> files) {

    /** A live file. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "LiveFile", description = "A Parquet file of the lake.")
    public record LiveFile(
            @Schema(examples = "41") long fileId,
            @Schema(examples = "7") long datasetId,
            @Schema(
                            description = "Its key in the object store.",
                            examples =
                                    "urls/dataset_id=7/domain_prefix=__HIVE_DEFAULT_PARTITION__/part.parquet")
                    String key,
            @Schema(
                            description = "Where other programs find it.",
                            examples =
                                    "s3://whence/urls/dataset_id=7/domain_prefix=__HIVE_DEFAULT_PARTITION__/part.parquet")
                    String location,
            @Schema(examples = "125000") long rows,
            @Schema(examples = "2400000") long bytes) {}
}
