package dev.whence.query.rest;

import dev.whence.query.CanonicalNames;
import dev.whence.query.QueryException;
import dev.whence.query.export.DomainUrlListing;
import dev.whence.query.export.Exports;
import dev.whence.query.listing.UrlFilter;
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

/** The URLs of a domain in all datasets, as a file. */
@Path("/v1/domain/{domain}/urls:export")
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
public final class DomainUrlExportResource {
    private final ExportAnswers answers;
    private final Exports exports;
    private final CanonicalNames names;
    private final UrlFilters filters;

    @Inject
    DomainUrlExportResource(
            ExportAnswers answers, Exports exports, CanonicalNames names, UrlFilters filters) {
        this.answers = answers;
        this.exports = exports;
        this.names = names;
        this.filters = filters;
    }

    /** The URLs of a domain in all datasets. */
    @GET
    @Operation(
            operationId = "exportDomainUrls",
            summary = "The URLs that all datasets hold of a domain, as a file",
            description = "One dataset after the other, by id; each row names its dataset.")
    @APIResponse(responseCode = "304", ref = "NotModified")
    public RestResponse<StreamingOutput> domainUrls(
            @Parameter(description = "As in the look-up of a domain.", example = "example.com")
                    @PathParam("domain")
                    String text,
            @BeanParam UrlFilterQuery filter,
            @BeanParam ExportQuery query,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known,
            @Context RoutingContext request)
            throws QueryException, IOException {
        String domain = names.domain(text);
        UrlFilter wanted = filter.filter(filters, domain);
        return answers.answer(
                new DomainUrlListing(exports.pages(), domain, wanted, filter.columns()),
                query,
                known,
                request);
    }
}
