package dev.whence.query.rest;

import dev.whence.query.CanonicalNames;
import dev.whence.query.QueryException;
import dev.whence.query.listing.UrlLookup;
import dev.whence.query.rest.json.UrlAnswer;
import dev.whence.url.CanonicalUrl;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Which datasets hold a URL. */
@Path("/v1/urls")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "URLs")
@APIResponse(responseCode = "304", ref = "NotModified")
@APIResponse(responseCode = "400", ref = "BadRequest")
@APIResponse(responseCode = "404", ref = "NotFound")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "410", ref = "RetiredVersion")
@APIResponse(responseCode = "429", ref = "TooMany")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public final class UrlResource {
    private final Answers answers;
    private final CanonicalNames names;

    @Inject
    UrlResource(Answers answers, CanonicalNames names) {
        this.answers = answers;
        this.names = names;
    }

    /** The datasets of a URL. */
    @GET
    @Operation(
            operationId = "lookUpUrl",
            summary = "The datasets that hold exactly this URL",
            description =
                    "The URL is brought to its canonical form first, as every URL is that is taken"
                            + " in, and confirmed in the files of each dataset, by its whole text.")
    @APIResponse(responseCode = "200", description = "Also for a URL that no dataset holds.")
    public RestResponse<UrlAnswer> lookUp(
            @Parameter(
                            required = true,
                            description = "Any URL, percent-encoded as a parameter is.",
                            example = "https://example.com/a",
                            schema = @Schema(type = SchemaType.STRING))
                    @QueryParam("url")
                    @Nullable String text,
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known)
            throws QueryException, IOException {
        if (text == null) {
            throw new BadParameterException("url is missing; give the URL to look for.");
        }
        CanonicalUrl url = names.url(text);
        return answers.heavyAnswer(
                "url",
                Parameters.version(version),
                known,
                view -> url,
                (view, asked) -> UrlAnswer.of(asked, UrlLookup.of(view, asked), view.number()));
    }
}
