package dev.whence.query.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.query.OpenVersion;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All datasets of a version, by id. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "All datasets of a version, by id.")
public record DatasetsAnswer(
        @Schema(description = "The version that answers.", examples = "264") long version,
        List<DatasetAnswer> datasets) {

    static DatasetsAnswer of(OpenVersion version) {
        List<DatasetAnswer> datasets = new ArrayList<>();
        version.datasets().forEach(row -> datasets.add(DatasetAnswer.of(row)));
        return new DatasetsAnswer(version.number(), datasets);
    }
}
