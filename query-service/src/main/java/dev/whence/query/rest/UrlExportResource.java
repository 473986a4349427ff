package dev.whence.query.rest;

import dev.whence.query.CanonicalNames;
import dev.whence.query.QueryException;
import dev.whence.query.export.Exports;
import dev.whence.query.export.UrlListing;
import dev.whence.query.listing.UrlList;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import org.jspecify.annotations.Nullable;

/** The URLs of a domain in a dataset, as a file. */
@Path("/v1/domain/{domain}/datasets/{dataset_id}/urls:export")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Exports")
@APIResponse(responseCode = "200", ref = "Export")
@APIResponse(responseCode = "400", ref = "BadRequest")
@APIResponse(responseCode = "404", ref = "NotFound")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "410", ref = "RetiredVersion")
@APIResponse(responseCode = "429", ref = "TooMany")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public final class UrlExportResource {
    private final ExportAnswers answers;
    private final Exports exports;
    private final CanonicalNames names;
    private final UrlFilters filters;

    @Inject
    UrlExportResource(
            ExportAnswers answers, Exports exports, CanonicalNames names, UrlFilters filters) {
        this.answers = answers;
        this.exports = exports;
        this.names = names;
        this.filters = filters;
    }

    /** The URLs of a domain in a dataset. */
    @GET
    @Operation(
            operationId = "exportUrls",
            summary = "The URLs that a dataset holds of a domain, as a file")
    @APIResponse(responseCode = "304", ref = "NotModified")
    public RestResponse<StreamingOutput> urls(
            @Parameter(description = "As in the list.", example = "example.com")
                    @PathParam("domain")
                    String text,
            @Parameter(ref = "dataset_id") @PathParam("dataset_id") String dataset,
            @BeanParam UrlFilterQuery filter,
            @BeanParam ExportQuery query,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known,
            @Context RoutingContext request)
            throws QueryException, IOException {
        String domain = names.domain(text);
        var list =
                new UrlList(domain, Parameters.datasetId(dataset), filter.filter(filters, domain));
        return answers.answer(
                new UrlListing(exports.pages(), list, filter.columns()), query, known, request);
    }
}
