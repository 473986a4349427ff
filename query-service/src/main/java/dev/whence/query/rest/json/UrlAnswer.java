package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.query.view.DomainDatasets;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.Fingerprint;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The datasets that hold a URL. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "The datasets that hold exactly this URL, by id; none if no dataset does.")
public record UrlAnswer(
        @Schema(description = "The canonical URL.", examples = "https://example.com/a") String url,
        @Schema(
                        description = "XXH3-64 of the URL, 16 hex digits.",
                        examples = "9d2f0f7a3c6a1be4",
                        pattern = "^[0-9a-f]{16}$")
                String urlId,
        @Schema(description = "Its registrable domain.", examples = "example.com") String domain,
        @Schema(
                        description = "XXH3-64 of the domain, 16 hex digits.",
                        examples = "5b1c0ba4f1c64c71",
                        pattern = "^[0-9a-f]{16}$")
                String domainId,
        @Schema(description = "The version that answers.", examples = "264") long version,
        List<Holder> datasets) {

    /** A dataset that holds the URL. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "UrlHolder", description = "A dataset that holds the URL.")
    public record Holder(
            @Schema(examples = "7", minimum = "0", maximum = "4294967295") long datasetId,
            @Schema(examples = "c4") String name,
            @Schema(
                            description =
                                    "How often it stands there: once, but in datasets that are"
                                            + " appended to.",
                            examples = "1")
                    long rowCount) {}

    public static UrlAnswer of(CanonicalUrl url, DomainDatasets found, long version) {
        return new UrlAnswer(
                url.url(),
                Fingerprint.hex(url.urlId()),
                url.domain(),
                Fingerprint.hex(url.domainId()),
                version,
                found.holdings().stream()
                        .map(holding ->
                                new Holder(
                                        Integer.toUnsignedLong(holding.datasetId()),
                                        holding.name(),
                                        holding.urls()))
                        .toList());
    }
}
