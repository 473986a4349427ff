package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A set of domains, and what is to be told of it. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(
        description =
                "A set of domains by who holds them, and what is to be told of it. It names at"
                        + " least one dataset in all_of or any_of, or asks for an overlap alone.")
public record SetsQuestion(
        @Schema(
                        description = "Datasets all of which hold the domains.",
                        examples = "[0, 7]",
                        maxItems = 100)
                @Nullable List<@Nullable Long> allOf,
        @Schema(
                        description = "Datasets of which at least one holds them.",
                        examples = "[3, 4]",
                        maxItems = 100)
                @Nullable List<@Nullable Long> anyOf,
        @Schema(
                        description = "Datasets none of which holds them.",
                        examples = "[9]",
                        maxItems = 100)
                @Nullable List<@Nullable Long> noneOf,
        @Schema(description = "What the domains of the page begin with.", examples = "ex")
                @Nullable String prefix,
        @Schema(
                        description = "The most domains in the page; 0 for the count alone.",
                        examples = "100",
                        minimum = "0",
                        maximum = "10000",
                        defaultValue = "100")
                @Nullable Integer limit,
        @Schema(
                        description =
                                "The next_cursor of the page before, as it came; without version.",
                        examples = "AgAAAAAAAAEIZXhhbXBsZS5jb20709LM")
                @Nullable String cursor,
        @Schema(
                        description = "Datasets of which each two are compared.",
                        examples = "[0, 7, 9]",
                        maxItems = 100)
                @Nullable List<@Nullable Long> overlap) {}
