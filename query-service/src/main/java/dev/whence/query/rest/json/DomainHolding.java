package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.query.view.DomainDatasets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A dataset that holds the domain. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "A dataset that holds the domain.")
public record DomainHolding(
        @Schema(examples = "7", minimum = "0", maximum = "4294967295") long datasetId,
        @Schema(examples = "c4") String name,
        @Schema(description = "How many URLs of the domain it holds; exact.", examples = "1523")
                long urlCount) {

    static List<DomainHolding> of(DomainDatasets found) {
        return found.holdings().stream()
                .map(holding ->
                        new DomainHolding(
                                Integer.toUnsignedLong(holding.datasetId()),
                                holding.name(),
                                holding.urls()))
                .toList();
    }
}
