package dev.whence.query.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.catalog.DatasetTable;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A dataset with its counts. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "A dataset with its counts in the version that answers.")
public record DatasetAnswer(
        @Schema(examples = "7", minimum = "0", maximum = "4294967295") long datasetId,
        @Schema(examples = "c4") String name,
        @Schema(description = "How many URLs it holds; exact.", examples = "365000000")
                long urlCount,
        @Schema(description = "Of how many domains; exact.", examples = "15600000")
                long domainCount) {

    static DatasetAnswer of(DatasetTable.Row row) {
        return new DatasetAnswer(
                Integer.toUnsignedLong(row.datasetId()),
                row.name(),
                row.urlCount(),
                row.domainCount());
    }
}
