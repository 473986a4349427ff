package dev.whence.query.rest.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Versions that are kept, newest first. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(description = "Versions that are kept, newest first.")
public record VersionsAnswer(
        @Schema(
                        description =
                                "The version that is served; 0 before the first is published.",
                        examples = "264")
                long served,
        @Schema(description = "The oldest version that can be asked for.", examples = "120")
                long oldestRetained,
        List<VersionAnswer> versions,
        @Schema(
                        description = "What to pass as after for the next page; null at the end.",
                        examples = "244",
                        nullable = true)
                @Nullable Long nextAfter) {}
