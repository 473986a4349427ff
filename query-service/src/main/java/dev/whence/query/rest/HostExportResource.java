package dev.whence.query.rest;

import dev.whence.query.CanonicalNames;
import dev.whence.query.QueryException;
import dev.whence.query.export.HostListing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The hosts of a domain, as a file. */
@Path("/v1/domain/{domain}/hosts:export")
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
public final class HostExportResource {
    private final ExportAnswers answers;
    private final CanonicalNames names;

    @Inject
    HostExportResource(ExportAnswers answers, CanonicalNames names) {
        this.answers = answers;
        this.names = names;
    }

    /** The hosts of a domain. */
    @GET
    @Operation(
            operationId = "exportHosts",
            summary = "The hosts of a domain, as a file",
            description = "A row for each host and each dataset that holds URLs of it.")
    @APIResponse(responseCode = "304", ref = "NotModified")
    public RestResponse<StreamingOutput> hosts(
            @Parameter(description = "As in the list.", example = "*.example.com")
                    @PathParam("domain")
                    String text,
            @Parameter(
                            description = "Only as this dataset has them.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            format = "int64",
                                            minimum = "0",
                                            maximum = "4294967295"))
                    @QueryParam("dataset_id")
                    @Nullable String dataset,
            @BeanParam ExportQuery query,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known,
            @Context RoutingContext request)
            throws QueryException, IOException {
        boolean wildcard = text.startsWith("*.");
        String named = wildcard ? text.substring(2) : text;
        var list =
                new HostListing(
                        names.domain(named),
                        wildcard ? names.host(named) : "",
                        dataset == null
                                ? OptionalInt.empty()
                                : OptionalInt.of(Parameters.datasetId(dataset)));
        return answers.answer(list, query, known, request);
    }
}
