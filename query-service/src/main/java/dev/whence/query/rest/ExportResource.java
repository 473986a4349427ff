package dev.whence.query.rest;

import dev.whence.query.CanonicalNames;
import dev.whence.query.QueryException;
import dev.whence.query.export.DatasetListing;
import dev.whence.query.export.DomainUrlListing;
import dev.whence.query.export.Exports;
import dev.whence.query.export.HostListing;
import dev.whence.query.export.LookupListing;
import dev.whence.query.export.PrefixListing;
import dev.whence.query.export.UrlListing;
import dev.whence.query.listing.UrlFilter;
import dev.whence.query.listing.UrlList;
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
@Produces({"application/x-ndjson", "text/csv", "application/vnd.apache.parquet"})
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
    private final Exports exports;
    private final CanonicalNames names;
    private final UrlFilters filters;
    private final Lookups lookups;
    private final Bodies bodies;

    @Inject
    ExportResource(
            ExportAnswers answers,
            Exports exports,
            CanonicalNames names,
            UrlFilters filters,
            Lookups lookups,
            Bodies bodies) {
        this.answers = answers;
        this.exports = exports;
        this.names = names;
        this.filters = filters;
        this.lookups = lookups;
        this.bodies = bodies;
    }

    /** The URLs of a domain in a dataset. */
    @GET
    @Path("/domain/{domain}/datasets/{dataset_id}/urls:export")
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

    /** The URLs of a domain in all datasets. */
    @GET
    @Path("/domain/{domain}/urls:export")
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

    /** The hosts of a domain. */
    @GET
    @Path("/domain/{domain}/hosts:export")
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
        return answers.answer(SetsRequest.listing(question), query, null, request);
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
        var list = new LookupListing(names, lookups.exported(question));
        return answers.answer(list, query, null, request);
    }
}
