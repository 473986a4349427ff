package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.query.view.DatasetSummary;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All datasets of a version, by id. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "All datasets of a version, by id.")
public record DatasetsAnswer(
        @Schema(description = "The version that answers.", examples = "264") long version,
        List<DatasetAnswer> datasets) {

    public static DatasetsAnswer of(List<DatasetSummary> datasets, long version) {
        return new DatasetsAnswer(version, datasets.stream().map(DatasetAnswer::of).toList());
    }
}
