package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.rest.json.LookupAnswer;
import dev.whence.query.rest.json.LookupQuestion;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Many domains in one call. */
@Path("/v1/domains:lookup")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Domains")
@APIResponse(responseCode = "413", ref = "TooLarge")
@APIResponse(responseCode = "415", ref = "NotJson")
@APIResponse(responseCode = "400", ref = "BadRequest")
@APIResponse(responseCode = "404", ref = "NotFound")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "410", ref = "RetiredVersion")
@APIResponse(responseCode = "429", ref = "TooMany")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public final class LookupResource {
    private final Answers answers;
    private final Lookups lookups;
    private final Bodies bodies;

    @Inject
    LookupResource(Answers answers, Lookups lookups, Bodies bodies) {
        this.answers = answers;
        this.lookups = lookups;
        this.bodies = bodies;
    }

    /** The datasets of many domains. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "lookUpDomains",
            summary = "The datasets that hold each of many domains",
            description =
                    "Up to 10,000 domains, told in their order, each with a status of its own; what"
                            + " is no domain spoils nothing but itself.")
    @APIResponse(responseCode = "200", description = "OK")
    public RestResponse<LookupAnswer> lookUp(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema =
                                                    @Schema(implementation = LookupQuestion.class)))
                    byte[] body,
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version)
            throws QueryException, IOException {
        List<String> domains = lookups.domains(bodies.read(body, LookupQuestion.class));
        OptionalLong number = Parameters.version(version);
        return Lookups.isHeavy(domains)
                ? answers.heavyAnswer("lookup", number, null, view -> domains, lookups::answer)
                : answers.answer("lookup", number, null, view -> domains, lookups::answer);
    }
}
