package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.query.view.DomainDatasets;
import dev.whence.url.Fingerprint;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Many domains that were looked up. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "What was found of each domain, in the order in which they were asked for.")
public record LookupAnswer(
        @Schema(description = "The version that answers.", examples = "264") long version,
        List<Item> domains) {
    /** Longest part of a question that is said back, in characters. */
    private static final int LONGEST_ASKED = 256;

    /** One of them. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "DomainLookup", description = "What was found of one domain.")
    public record Item(
            @Schema(
                            description = "What was asked for; a long text is cut.",
                            examples = "www.example.com")
                    String asked,
            @Schema(
                            description =
                                    "Whether a dataset holds it; or it is no domain, and detail"
                                            + " says why.",
                            enumeration = {"found", "not-found", "invalid-domain"},
                            examples = "found")
                    String status,
            @Schema(
                            description = "Its registrable domain; null if it is none.",
                            examples = "example.com",
                            nullable = true)
                    @Nullable String domain,
            @Schema(
                            description = "XXH3-64 of the domain, 16 hex digits.",
                            examples = "5b1c0ba4f1c64c71",
                            pattern = "^[0-9a-f]{16}$",
                            nullable = true)
                    @Nullable String domainId,
            @Schema(
                            description = "What is wrong with it; null if nothing is.",
                            examples = "This is not a host that Whence takes (invalid-host).",
                            nullable = true)
                    @Nullable String detail,
            List<DomainHolding> datasets) {

        /** A domain. */
        public static Item of(String asked, DomainDatasets found) {
            return new Item(
                    cut(asked),
                    found.holdings().isEmpty() ? "not-found" : "found",
                    found.domain(),
                    Fingerprint.hex(Fingerprint.of(found.domain())),
                    null,
                    DomainHolding.of(found));
        }

        /** What is no domain. */
        public static Item invalid(String asked, String detail) {
            return new Item(cut(asked), "invalid-domain", null, null, detail, List.of());
        }

        private static String cut(String text) {
            return text.length() <= LONGEST_ASKED ? text : text.substring(0, LONGEST_ASKED) + "…";
        }
    }
}
