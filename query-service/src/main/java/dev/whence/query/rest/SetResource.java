package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.rest.json.SetsAnswer;
import dev.whence.query.rest.json.SetsQuestion;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Set algebra over datasets. */
@Path("/v1/sets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Datasets")
@APIResponse(responseCode = "413", ref = "TooLarge")
@APIResponse(responseCode = "415", ref = "NotJson")
@APIResponse(responseCode = "400", ref = "BadRequest")
@APIResponse(responseCode = "404", ref = "NotFound")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "410", ref = "RetiredVersion")
@APIResponse(responseCode = "429", ref = "TooMany")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public final class SetResource {
    private final Answers answers;
    private final Bodies bodies;

    @Inject
    SetResource(Answers answers, Bodies bodies) {
        this.answers = answers;
        this.bodies = bodies;
    }

    /** A set of domains. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "querySets",
            summary = "Domains in all, any or none of some datasets, and how datasets overlap",
            description =
                    "How many domains there are in the set, a page of them by name, and how many"
                            + " each two datasets share. To read all domains, pass each next_cursor"
                            + " back until it is null; a page may be short, even empty, before"
                            + " that.")
    @APIResponse(responseCode = "200", description = "OK")
    public RestResponse<SetsAnswer> sets(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = SetsQuestion.class)))
                    byte[] body,
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version)
            throws QueryException, IOException {
        SetsRequest request =
                SetsRequest.of(bodies.read(body, SetsQuestion.class), version, answers.seal());
        return answers.heavySums(
                "sets", request.page().version(), null, request::check, request::answer);
    }
}
