package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.url.Fingerprint;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is told of a set of domains. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "What was asked of a set of domains.")
public record SetsAnswer(
        @Schema(
                        description =
                                "How many domains are in the set, whatever they begin with; exact."
                                        + " Null if only an overlap was asked for.",
                        examples = "81000",
                        nullable = true)
                @Nullable Long count,
        List<Item> domains,
        @Schema(
                        description =
                                "Where the next page begins, in the version of this one; null at"
                                        + " the end, and only there. Pages may be short before it.",
                        examples = "AgAAAAAAAAEIZXhhbXBsZS5jb20709LM",
                        nullable = true)
                @Nullable String nextCursor,
        @Nullable Overlap overlap,
        @Schema(description = "The version that answers.", examples = "264") long version) {

    /** A domain of the set. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "SetDomain", description = "A domain of the set.")
    public record Item(
            @Schema(examples = "example.com") String domain,
            @Schema(
                            description = "XXH3-64 of the domain, 16 hex digits.",
                            examples = "5b1c0ba4f1c64c71",
                            pattern = "^[0-9a-f]{16}$")
                    String domainId) {

        public static Item of(String domain) {
            return new Item(domain, Fingerprint.hex(Fingerprint.of(domain)));
        }
    }

    /** How many domains each two datasets share. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(
            name = "DatasetOverlap",
            description =
                    "How many domains each two datasets share; where one meets itself, how many it"
                            + " holds.")
    public record Overlap(
            @Schema(description = "A row and a column for each.", examples = "[0, 7]")
                    List<Long> datasetIds,
            @Schema(description = "Row by row.", examples = "[[15600000, 81000], [81000, 92000]]")
                    List<List<Long>> domainCounts) {}
}
