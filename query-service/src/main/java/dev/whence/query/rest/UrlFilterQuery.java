package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.export.UrlColumns;
import dev.whence.query.listing.UrlFilter;
import dev.whence.query.rest.json.UrlField;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The filters and fields of a list of URLs, as they came. */
public final class UrlFilterQuery {
    @Parameter(
            description = "Only URLs of this host of the domain, with its port.",
            example = "www.example.com",
            schema = @Schema(type = SchemaType.STRING))
    @QueryParam("host")
    @Nullable String host;

    @Parameter(
            description =
                    "Only URLs whose path and query begin so, as they stand in canonical URLs.",
            example = "/2024/",
            schema = @Schema(type = SchemaType.STRING))
    @QueryParam("path_prefix")
    @Nullable String pathPrefix;

    @Parameter(
            description =
                    "Only URLs captured at or after this time; a date stands for its beginning in"
                            + " UTC.",
            example = "2024-06-01",
            schema = @Schema(type = SchemaType.STRING))
    @QueryParam("from")
    @Nullable String from;

    @Parameter(
            description = "Only URLs captured before this time.",
            example = "2024-07-01T00:00:00Z",
            schema = @Schema(type = SchemaType.STRING))
    @QueryParam("to")
    @Nullable String to;

    @Parameter(
            description =
                    "What to tell of each URL, with commas between: url_id, url, ts, scheme, host,"
                            + " path_query, extras.",
            example = "url,ts",
            schema = @Schema(type = SchemaType.STRING, defaultValue = "url_id,url,ts"))
    @QueryParam("fields")
    @Nullable String fields;

    UrlFilter filter(UrlFilters filters, String domain) throws QueryException {
        return filters.of(domain, host, pathPrefix, from, to);
    }

    /** In the order in which fields are always told. */
    UrlColumns columns() {
        List<String> names = Fields.of(fields).stream().sorted().map(UrlField::text).toList();
        return new UrlColumns(names);
    }
}
