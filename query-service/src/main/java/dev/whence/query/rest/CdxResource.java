package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.cdx.CdxDialect;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** All datasets as one CDX server, in the manner of the Wayback Machine's. */
@Path("/cdx")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "CDX")
@APIResponse(responseCode = "200", ref = "Cdx")
@APIResponse(responseCode = "400", ref = "CdxProblem")
@APIResponse(responseCode = "404", ref = "CdxProblem")
@APIResponse(responseCode = "406", ref = "CdxProblem")
@APIResponse(responseCode = "410", ref = "CdxProblem")
@APIResponse(responseCode = "429", ref = "CdxProblem")
@APIResponse(responseCode = "500", ref = "CdxProblem")
@APIResponse(responseCode = "503", ref = "CdxProblem")
public final class CdxResource {
    private final CdxAnswers answers;

    @Inject
    CdxResource(CdxAnswers answers) {
        this.answers = answers;
    }

    /** Captures of a URL, or of those like it. */
    @GET
    @Operation(
            operationId = "cdx",
            summary = "URLs as the Wayback CDX server tells of captures",
            description =
                    "Sorted by SURT and time; text by default, or JSON arrays. What is not known"
                            + " is -.")
    public RestResponse<StreamingOutput> lines(
            @BeanParam CdxQuery query,
            @Parameter(
                            description = "Only the dataset of this name.",
                            schema = @Schema(type = SchemaType.STRING))
                    @QueryParam("collection")
                    @Nullable String collection,
            @Context RoutingContext request)
            throws QueryException, IOException {
        return answers.answer(CdxDialect.WAYBACK, query, collection, request);
    }
}
