package dev.whence.query.rest;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.lake.UrlRow;
import dev.whence.query.PageCursor;
import dev.whence.query.UrlPage;
import dev.whence.url.Fingerprint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of the URLs that a dataset holds of a domain. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "A page of the URLs that a dataset holds of a domain.")
public record UrlPageAnswer(
        List<Item> items,
        @Schema(description = "How many there are in all; exact.", examples = "1523") long total,
        @Schema(
                        description = "The offset of the next page; null at the end.",
                        examples = "1000",
                        nullable = true)
                @Nullable Long nextOffset,
        @Schema(
                        description =
                                "Where the next page begins, in the version of this one; null at"
                                        + " the end.",
                        examples = "AQAAAAAAAAEIAAAAAAAAA-hTu0zJ",
                        nullable = true)
                @Nullable String nextCursor,
        @Schema(description = "The version that answers.", examples = "264") long version) {

    /** A URL. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "UrlItem", description = "A URL in its canonical form.")
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
                    @Nullable Instant ts) {

        static Item of(UrlRow row) {
            return new Item(
                    Fingerprint.hex(row.urlId()),
                    row.url(),
                    row.tsMicros() == UrlRow.NO_TS
                            ? null
                            : Instant.EPOCH.plus(row.tsMicros(), ChronoUnit.MICROS));
        }
    }

    static UrlPageAnswer of(UrlPage page, long version, String domain, int datasetId) {
        return new UrlPageAnswer(
                page.rows().stream().map(Item::of).toList(),
                page.total(),
                page.isLast() ? null : page.end(),
                page.isLast()
                        ? null
                        : new PageCursor(version, page.end()).encode(domain, datasetId),
                version);
    }
}
