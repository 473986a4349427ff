package dev.whence.query.rest;

import dev.whence.query.CanonicalNames;
import dev.whence.query.QueryException;
import dev.whence.query.export.DatasetListing;
import dev.whence.query.export.LookupListing;
import dev.whence.query.export.PrefixListing;
import dev.whence.query.rest.json.LookupQuestion;
import dev.whence.query.rest.json.SetsQuestion;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Lists as files: the path of a list with {@code :export} behind it. */
@Path("/v1")
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
public final class ExportResource {
    private final ExportAnswers answers;
    private final CanonicalNames names;
    private final Lookups lookups;
    private final Bodies bodies;

    @Inject
    ExportResource(ExportAnswers answers, CanonicalNames names, Lookups lookups, Bodies bodies) {
        this.answers = answers;
        this.names = names;
        this.lookups = lookups;
        this.bodies = bodies;
    }

    /** Domains by prefix. */
    @GET
    @Path("/domains:export")
    @Operation(
            operationId = "exportDomains",
            summary = "The domains that begin with a prefix, as a file")
    @APIResponse(responseCode = "304", ref = "NotModified")
    public RestResponse<StreamingOutput> domains(
            @Parameter(
                            description =
                                    "What the domains begin with, in ASCII; without it, all"
                                            + " domains.",
                            example = "exam",
                            schema = @Schema(type = SchemaType.STRING))
                    @QueryParam("prefix")
                    @Nullable String prefix,
            @BeanParam ExportQuery query,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known,
            @Context RoutingContext request)
            throws QueryException, IOException {
        var list = new PrefixListing(Parameters.domainPrefix(prefix));
        return answers.answer(list, query, known, request);
    }

    /** All datasets. */
    @GET
    @Path("/datasets:export")
    @Operation(
            operationId = "exportDatasets",
            summary = "All datasets with their statistics, as a file")
    @APIResponse(responseCode = "304", ref = "NotModified")
    public RestResponse<StreamingOutput> datasets(
            @BeanParam ExportQuery query,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known,
            @Context RoutingContext request)
            throws QueryException, IOException {
        return answers.answer(new DatasetListing(), query, known, request);
    }

    /** The domains of a set. */
    @POST
    @Path("/sets:export")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "exportSet",
            summary = "The domains of a set, as a file",
            description = "The question of /v1/sets, without limit, cursor and overlap.")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public RestResponse<StreamingOutput> set(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = SetsQuestion.class)))
                    byte[] body,
            @BeanParam ExportQuery query,
            @Context RoutingContext request)
            throws QueryException, IOException {
        SetsQuestion question = bodies.read(body, SetsQuestion.class);
        return answers.answer(SetsRequest.listing(question, answers.seal()), query, null, request);
    }

    /** Many domains. */
    @POST
    @Path("/domains:lookup:export")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "exportLookup",
            summary = "The datasets that hold each of many domains, as a file",
            description =
                    "Up to 100,000 domains, told in their order: a row for each dataset that holds"
                            + " one, or one row that says that none does, or what is wrong with"
                            + " it.")
    @APIResponse(responseCode = "413", ref = "TooLarge")
    @APIResponse(responseCode = "415", ref = "NotJson")
    public RestResponse<StreamingOutput> lookup(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema =
                                                    @Schema(implementation = LookupQuestion.class)))
                    byte[] body,
            @BeanParam ExportQuery query,
            @Context RoutingContext request)
            throws QueryException, IOException {
        LookupQuestion question = bodies.read(body, LookupQuestion.class);
        var list = new LookupListing(names::domain, lookups.exported(question));
        return answers.answer(list, query, null, request);
    }
}
