package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.query.view.DomainDatasets;
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
        List<DomainHolding> datasets) {

    public static DomainAnswer of(DomainDatasets found, long version) {
        return new DomainAnswer(
                found.domain(),
                Fingerprint.hex(Fingerprint.of(found.domain())),
                version,
                DomainHolding.of(found));
    }
}
