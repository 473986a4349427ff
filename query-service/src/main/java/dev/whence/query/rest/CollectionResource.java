package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.rest.json.CollectionAnswer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The list of indexes by which clients of Common Crawl find them. */
@Path("/collinfo.json")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "CDX")
@APIResponse(responseCode = "304", ref = "NotModified")
@APIResponse(responseCode = "400", ref = "BadRequest")
@APIResponse(responseCode = "404", ref = "NotFound")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "410", ref = "RetiredVersion")
@APIResponse(responseCode = "429", ref = "TooMany")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public final class CollectionResource {
    private final Answers answers;

    @Inject
    CollectionResource(Answers answers) {
        this.answers = answers;
    }

    /** All datasets, as indexes. */
    @GET
    @Operation(operationId = "listCollections", summary = "All datasets, as indexes of CDX")
    @APIResponse(responseCode = "200", description = "OK")
    public RestResponse<List<CollectionAnswer>> list(
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known,
            @Context UriInfo uri)
            throws QueryException, IOException {
        return answers.answer(
                "collections",
                OptionalLong.empty(),
                known,
                view -> view,
                (view, all) ->
                        all.datasetNames().stream()
                                .map(each -> CollectionAnswer.of(each, uri.getBaseUri()))
                                .toList());
    }
}
