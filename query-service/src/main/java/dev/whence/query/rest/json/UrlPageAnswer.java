package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The shape of what {@link UrlPageJson} writes, for the OpenAPI document. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "A page of the URLs that a dataset holds of a domain.")
public record UrlPageAnswer(
        List<Item> items,
        @Schema(
                        description =
                                "How many there are in all, exact; null with filters, which leave"
                                        + " it open.",
                        examples = "1523",
                        nullable = true)
                @Nullable Long total,
        @Schema(
                        description =
                                "The offset of the next page; null at the end, and where from, to,"
                                        + " or path_prefix without host filter.",
                        examples = "1000",
                        nullable = true)
                @Nullable Long nextOffset,
        @Schema(
                        description =
                                "Where the next page begins, in the version of this one; null at"
                                        + " the end, and only there.",
                        examples = "AgAAAAAAAAEIAAAAAAAAACkAAAAAAAAAAAAAA-gAAAAAAAAD6DvTLMk",
                        nullable = true)
                @Nullable String nextCursor,
        @Schema(description = "The version that answers.", examples = "264") long version) {

    /** A URL. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(
            name = "UrlItem",
            description =
                    "A URL in its canonical form; url_id, url and ts, or the fields that are asked"
                            + " for.")
    public record Item(
            @Schema(
                            description = "XXH3-64 of the URL, 16 hex digits.",
                            examples = "9d2f0f7a3c6a1be4",
                            pattern = "^[0-9a-f]{16}$")
                    String urlId,
            @Schema(examples = "https://example.com/a") String url,
            @Schema(
                            description = "When it was captured; null if nobody said.",
                            examples = "2024-06-14T00:00:00Z",
                            nullable = true)
                    @Nullable Instant ts,
            @Schema(examples = "https") String scheme,
            @Schema(
                            description = "With its port, if that is not the usual.",
                            examples = "example.com")
                    String host,
            @Schema(description = "The path and the query.", examples = "/a?b=c") String pathQuery,
            @Schema(description = "What else the producer sent.", examples = "{\"lang\": \"en\"}")
                    Map<String, String> extras) {}
}
