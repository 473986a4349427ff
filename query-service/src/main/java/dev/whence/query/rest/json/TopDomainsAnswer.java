package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.index.DomainCount;
import dev.whence.url.Fingerprint;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The domains of which a dataset holds most URLs. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "The domains of which a dataset holds most URLs, the most first.")
public record TopDomainsAnswer(
        @Schema(examples = "7", minimum = "0", maximum = "4294967295") long datasetId,
        @Schema(examples = "c4") String name,
        List<Item> domains,
        @Schema(description = "The version that answers.", examples = "264") long version) {

    /** A domain of a dataset. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "DatasetDomain", description = "A domain of a dataset.")
    public record Item(
            @Schema(examples = "example.com") String domain,
            @Schema(
                            description = "XXH3-64 of the domain, 16 hex digits.",
                            examples = "5b1c0ba4f1c64c71",
                            pattern = "^[0-9a-f]{16}$")
                    String domainId,
            @Schema(description = "How many of its URLs the dataset holds.", examples = "1523")
                    long urlCount) {

        public static Item of(DomainCount count) {
            return new Item(
                    count.domain(), Fingerprint.hex(Fingerprint.of(count.domain())), count.urls());
        }
    }
}
