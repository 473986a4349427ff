package dev.whence.query.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.whence.query.DomainDatasets;
import dev.whence.query.DomainNames;
import dev.whence.query.PageCursor;
import dev.whence.query.QueryException;
import dev.whence.query.UrlPages;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Which datasets hold a domain, and which of its URLs each holds. */
@Path("/v1/domain/{domain}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Domains")
@APIResponse(responseCode = "304", ref = "NotModified")
@APIResponse(responseCode = "400", ref = "BadRequest")
@APIResponse(responseCode = "404", ref = "NotFound")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "410", ref = "RetiredVersion")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public final class DomainResource {
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MOST = 10_000;

    private final Answers answers;
    private final DomainNames names;
    private final UrlPages pages;
    private final CallMetrics metrics;

    /** Pages are written as they are made, while their memory is accounted for. */
    private final ObjectWriter json;

    @Inject
    DomainResource(
            Answers answers,
            DomainNames names,
            UrlPages pages,
            CallMetrics metrics,
            ObjectMapper json) {
        this.answers = answers;
        this.names = names;
        this.pages = pages;
        this.metrics = metrics;
        this.json = json.writerFor(UrlPageAnswer.class);
    }

    /** The datasets of a domain. */
    @GET
    @Operation(
            operationId = "lookUpDomain",
            summary = "The datasets that hold a domain, with how many of its URLs each holds")
    @APIResponse(responseCode = "200", description = "Also for a domain that no dataset holds.")
    public RestResponse<DomainAnswer> lookUp(
            @Parameter(
                            description =
                                    "A domain or host in any case, Unicode or ASCII; a host stands"
                                            + " for its registrable domain.",
                            example = "example.com")
                    @PathParam("domain")
                    String text,
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known)
            throws QueryException, IOException {
        String domain = names.parse(text);
        return answers.answer(
                "domain",
                Parameters.version(version),
                known,
                open -> domain,
                (open, asked) -> {
                    DomainDatasets found = DomainDatasets.of(open, asked);
                    metrics.lookup(!found.holdings().isEmpty());
                    return DomainAnswer.of(found, open.number());
                });
    }

    /** The URLs of a domain in a dataset. */
    @GET
    @Path("/datasets/{dataset_id}/urls")
    @Operation(
            operationId = "listUrls",
            summary = "The URLs that a dataset holds of a domain, page by page",
            description =
                    "In the order of the dataset's files, sorted by host, path and scheme within"
                            + " each; the order never changes within a version. To read them all,"
                            + " pass each next_cursor back until it is null: pages then neither"
                            + " skip nor repeat anything, whatever is published meanwhile. A page"
                            + " of very long URLs ends before its limit, after about 8 MiB of"
                            + " them.")
    @APIResponse(
            responseCode = "200",
            description =
                    "Also when the dataset holds none of them, or the offset is beyond the end.",
            content = @Content(schema = @Schema(implementation = UrlPageAnswer.class)))
    public RestResponse<byte[]> urls(
            @Parameter(description = "As in the look-up of a domain.", example = "example.com")
                    @PathParam("domain")
                    String text,
            @Parameter(ref = "dataset_id") @PathParam("dataset_id") String dataset,
            @Parameter(
                            description = "How many URLs to skip.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            format = "int64",
                                            minimum = "0",
                                            defaultValue = "0"))
                    @QueryParam("offset")
                    @Nullable String offset,
            @Parameter(
                            description = "The most URLs in a page.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "10000",
                                            defaultValue = "1000"))
                    @QueryParam("limit")
                    @Nullable String limit,
            @Parameter(
                            description =
                                    "The next_cursor of the page before, as it came; without offset"
                                            + " and version, which it holds.",
                            schema = @Schema(type = SchemaType.STRING))
                    @QueryParam("cursor")
                    @Nullable String cursor,
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known)
            throws QueryException, IOException {
        String domain = names.parse(text);
        int datasetId = Parameters.datasetId(dataset);
        int most = (int) Parameters.number("limit", limit, 1, MOST, DEFAULT_LIMIT);
        OptionalLong number = Parameters.version(version);
        long start = Parameters.count("offset", offset, 0, 0);
        if (cursor != null) {
            if (offset != null || version != null) {
                throw new BadParameterException(
                        "A cursor holds its offset and version; leave offset and version out.");
            }
            PageCursor from = PageCursor.decode(cursor, domain, datasetId);
            number = OptionalLong.of(from.version());
            start = from.offset();
        }
        long first = start;
        return answers.answer(
                "urls",
                number,
                known,
                open -> open.dataset(datasetId),
                (open, row) ->
                        pages.read(
                                open,
                                domain,
                                datasetId,
                                first,
                                most,
                                page ->
                                        json.writeValueAsBytes(
                                                UrlPageAnswer.of(
                                                        page, open.number(), domain, datasetId))));
    }
}
