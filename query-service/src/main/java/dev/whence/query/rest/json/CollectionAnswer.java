package dev.whence.query.rest.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A dataset as an index of CDX. */
@Schema(description = "A dataset as an index of CDX.")
public record CollectionAnswer(
        @Schema(examples = "c4") String id,
        @Schema(examples = "c4") String name,
        @Schema(
                        name = "cdx-api",
                        description = "Where its lines are.",
                        examples = "http://localhost:8080/cdx/c4-index")
                @JsonProperty("cdx-api")
                String cdxApi) {

    /**
     * The index of a dataset.
     *
     * @param base where whoever asks finds this service
     */
    public static CollectionAnswer of(String dataset, URI base) {
        String name = URLEncoder.encode(dataset, StandardCharsets.UTF_8).replace("+", "%20");
        return new CollectionAnswer(
                dataset, dataset, base.resolve("/cdx/" + name + "-index").toString());
    }
}
