package dev.whence.query.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.query.DomainDatasets;
import dev.whence.url.Fingerprint;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The datasets that hold a domain. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "The datasets that hold a domain, by id; none if no dataset does.")
public record DomainAnswer(
        @Schema(description = "The registrable domain, in ASCII.", examples = "example.com")
                String domain,
        @Schema(
                        description = "XXH3-64 of the domain, 16 hex digits.",
                        examples = "5b1c0ba4f1c64c71",
                        pattern = "^[0-9a-f]{16}$")
                String domainId,
        @Schema(description = "The version that answers.", examples = "264") long version,
        List<Holding> datasets) {

    /** A dataset that holds the domain. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "DomainHolding", description = "A dataset that holds the domain.")
    public record Holding(
            @Schema(examples = "7", minimum = "0", maximum = "4294967295") long datasetId,
            @Schema(examples = "c4") String name,
            @Schema(description = "How many URLs of the domain it holds; exact.", examples = "1523")
                    long urlCount) {}

    static DomainAnswer of(DomainDatasets found, long version) {
        return new DomainAnswer(
                found.domain(),
                Fingerprint.hex(Fingerprint.of(found.domain())),
                version,
                found.holdings().stream()
                        .map(holding ->
                                new Holding(
                                        Integer.toUnsignedLong(holding.datasetId()),
                                        holding.name(),
                                        holding.urls()))
                        .toList());
    }
}
