package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.cdx.CdxDialect;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** A dataset as one index among several, in the manner of pywb and Common Crawl. */
@Path("/cdx/{dataset}-index")
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
public final class CdxIndexResource {
    private final CdxAnswers answers;

    @Inject
    CdxIndexResource(CdxAnswers answers) {
        this.answers = answers;
    }

    /** Captures of a URL, or of those like it. */
    @GET
    @Operation(
            operationId = "cdxIndex",
            summary = "URLs of a dataset as pywb and Common Crawl tell of captures",
            description =
                    "Sorted by SURT and time; CDXJ by default, or a JSON object on each line. 404"
                            + " where there is none.")
    public RestResponse<StreamingOutput> lines(
            @Parameter(description = "The dataset's name.", example = "c4") @PathParam("dataset")
                    String dataset,
            @BeanParam CdxQuery query,
            @Context RoutingContext request)
            throws QueryException, IOException {
        return answers.answer(CdxDialect.PYWB, query, dataset, request);
    }
}
