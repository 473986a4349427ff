package dev.whence.query.rest;

import dev.whence.query.CanonicalNames;
import dev.whence.query.QueryException;
import dev.whence.query.listing.PageStart;
import dev.whence.query.listing.UrlCursor;
import dev.whence.query.listing.UrlFilter;
import dev.whence.query.listing.UrlList;
import dev.whence.query.listing.UrlPages;
import dev.whence.query.rest.json.UrlField;
import dev.whence.query.rest.json.UrlPageAnswer;
import dev.whence.query.rest.json.UrlPageJson;
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
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Which URLs of a domain a dataset holds. */
@Path("/v1/domain/{domain}/datasets/{dataset_id}/urls")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Domains")
@APIResponse(responseCode = "304", ref = "NotModified")
@APIResponse(responseCode = "400", ref = "BadRequest")
@APIResponse(responseCode = "404", ref = "NotFound")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "410", ref = "RetiredVersion")
@APIResponse(responseCode = "429", ref = "TooMany")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public final class UrlListResource {
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MOST = 10_000;

    private final Answers answers;
    private final CanonicalNames names;
    private final UrlFilters filters;
    private final UrlPages pages;

    @Inject
    UrlListResource(Answers answers, CanonicalNames names, UrlFilters filters, UrlPages pages) {
        this.answers = answers;
        this.names = names;
        this.filters = filters;
        this.pages = pages;
    }

    /** The URLs of a domain in a dataset. */
    @GET
    @Operation(
            operationId = "listUrls",
            summary = "The URLs that a dataset holds of a domain, page by page",
            description =
                    "In the order of the dataset's files, sorted by host, path and scheme within"
                            + " each; the order never changes within a version. To read them all,"
                            + " pass each next_cursor back until it is null: pages then neither"
                            + " skip nor repeat anything, whatever is published meanwhile, and the"
                            + " last costs what the first does. A page may be short, even empty,"
                            + " before the last: when its URLs are very long, or when a filter had"
                            + " to look at many others.")
    @APIResponse(
            responseCode = "200",
            description =
                    "Also when the dataset holds none of them, or the offset is beyond the end.",
            content = @Content(schema = @Schema(implementation = UrlPageAnswer.class)))
    public RestResponse<byte[]> urls(
            @Parameter(
                            description =
                                    "A domain or host in any case, Unicode or ASCII; a host stands"
                                            + " for its registrable domain.",
                            example = "example.com")
                    @PathParam("domain")
                    String text,
            @Parameter(ref = "dataset_id") @PathParam("dataset_id") String dataset,
            @Parameter(
                            description = "Only URLs of this host of the domain, with its port.",
                            example = "www.example.com",
                            schema = @Schema(type = SchemaType.STRING))
                    @QueryParam("host")
                    @Nullable String host,
            @Parameter(
                            description =
                                    "Only URLs whose path and query begin so, as they stand in"
                                            + " canonical URLs. Quick with host; without it every"
                                            + " URL is looked at.",
                            example = "/2024/",
                            schema = @Schema(type = SchemaType.STRING))
                    @QueryParam("path_prefix")
                    @Nullable String pathPrefix,
            @Parameter(
                            description =
                                    "Only URLs captured at or after this time; a date stands for"
                                            + " its beginning in UTC.",
                            example = "2024-06-01",
                            schema = @Schema(type = SchemaType.STRING))
                    @QueryParam("from")
                    @Nullable String from,
            @Parameter(
                            description = "Only URLs captured before this time.",
                            example = "2024-07-01T00:00:00Z",
                            schema = @Schema(type = SchemaType.STRING))
                    @QueryParam("to")
                    @Nullable String to,
            @Parameter(
                            description =
                                    "What to tell of each URL, with commas between: url_id, url,"
                                            + " ts, scheme, host, path_query, extras.",
                            example = "url,ts",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            defaultValue = "url_id,url,ts"))
                    @QueryParam("fields")
                    @Nullable String fields,
            @Parameter(
                            description =
                                    "How many URLs to skip; not with from, to, or path_prefix"
                                            + " without host.",
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
            @Parameter(ref = "cursor") @QueryParam("cursor") @Nullable String cursor,
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known)
            throws QueryException, IOException {
        String domain = names.domain(text);
        int datasetId = Parameters.datasetId(dataset);
        UrlFilter filter = filters.of(domain, host, pathPrefix, from, to);
        var list = new UrlList(domain, datasetId, filter);
        Set<UrlField> wanted = Fields.of(fields);
        int most = (int) Parameters.number("limit", limit, 1, MOST, DEFAULT_LIMIT);
        OptionalLong number = Parameters.version(version);
        PageStart start = PageStart.at(Parameters.count("offset", offset, 0, 0));
        if (start.offset() > 0 && filter.looksAtRows()) {
            throw new BadParameterException(
                    "offset goes with no filter that looks at every URL; follow next_cursor.");
        }
        if (cursor != null) {
            if (offset != null) {
                throw new BadParameterException(
                        "A cursor holds its offset and version; leave offset and version out.");
            }
            Parameters.refuseVersionBesideCursor(version);
            UrlCursor place = UrlCursor.decode(cursor, answers.seal(), list);
            number = OptionalLong.of(place.version());
            start = PageStart.at(place);
        }
        PageStart first = start;
        return answers.answer(
                "urls",
                number,
                known,
                view -> view.urls(domain, datasetId),
                (view, urls) ->
                        pages.read(
                                urls,
                                filter,
                                first,
                                most,
                                page -> UrlPageJson.write(page, list, view, wanted)));
    }
}
