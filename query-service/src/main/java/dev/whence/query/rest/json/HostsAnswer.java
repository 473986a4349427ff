package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.whence.query.listing.HostPage.HostCounts;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The hosts of a domain. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "The hosts of a domain, in the order of their bytes.")
public record HostsAnswer(
        @Schema(description = "The registrable domain.", examples = "example.com") String domain,
        List<Item> hosts,
        @Schema(
                        description =
                                "Where the next page begins, in the version of this one; null at"
                                        + " the end, and only there.",
                        examples = "AgAAAAAAAAEId3d3LmV4YW1wbGUuY29tO9Msyg",
                        nullable = true)
                @Nullable String nextCursor,
        @Schema(description = "The version that answers.", examples = "264") long version) {

    /** A host. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "HostSums", description = "A host with its URLs.")
    public record Item(
            @Schema(
                            description = "With its port, if that is not the usual.",
                            examples = "www.example.com")
                    String host,
            @Schema(
                            description = "How many URLs of it all datasets hold; exact.",
                            examples = "1212")
                    long urlCount,
            List<Count> datasets) {

        public static Item of(HostCounts counts) {
            return new Item(
                    counts.host(),
                    counts.total(),
                    counts.urls().entrySet().stream()
                            .map(each ->
                                    new Count(
                                            Integer.toUnsignedLong(each.getKey()), each.getValue()))
                            .toList());
        }
    }

    /** How many URLs of a host a dataset holds. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "HostCount", description = "How many URLs of a host a dataset holds.")
    public record Count(
            @Schema(examples = "7", minimum = "0", maximum = "4294967295") long datasetId,
            @Schema(examples = "1200") long urlCount) {}
}
