package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.query.view.DomainDatasets;
import dev.whence.url.Fingerprint;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Domains by prefix. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "Domains that begin with a prefix, in the order of their bytes.")
public record DomainsAnswer(
        List<Item> domains,
        @Schema(
                        description =
                                "Where the next page begins, in the version of this one; null at"
                                        + " the end, and only there.",
                        examples = "AgAAAAAAAAEIZXhhbXBsZS5jb20709LM",
                        nullable = true)
                @Nullable String nextCursor,
        @Schema(description = "The version that answers.", examples = "264") long version) {

    /** A domain with its sums. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "DomainSums", description = "A domain with its sums over all datasets.")
    public record Item(
            @Schema(examples = "example.com") String domain,
            @Schema(
                            description = "XXH3-64 of the domain, 16 hex digits.",
                            examples = "5b1c0ba4f1c64c71",
                            pattern = "^[0-9a-f]{16}$")
                    String domainId,
            @Schema(description = "How many datasets hold it.", examples = "2") int datasetCount,
            @Schema(
                            description = "How many of its URLs they hold together; exact.",
                            examples = "1535")
                    long urlCount) {

        public static Item of(DomainDatasets found) {
            return new Item(
                    found.domain(),
                    Fingerprint.hex(Fingerprint.of(found.domain())),
                    found.holdings().size(),
                    found.urls());
        }
    }
}
