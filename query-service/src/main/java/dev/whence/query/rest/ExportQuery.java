package dev.whence.query.rest;

import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import dev.whence.query.export.Format;
import dev.whence.query.export.Frame;
import dev.whence.query.export.Listing;
import dev.whence.query.listing.PlaceCursor;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that every export takes, as they came. */
public final class ExportQuery {
    private static final String FORMATS =
            Arrays.stream(Format.values()).map(Format::ending).collect(Collectors.joining(", "));

    @Parameter(
            description = "What to write.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"ndjson", "csv", "parquet"},
                            defaultValue = "ndjson"))
    @QueryParam("format")
    @Nullable String format;

    @Parameter(
            description =
                    "The most rows; without it, all there are. Where it cuts, the end of the file"
                            + " holds the cursor of the rest.",
            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
    @QueryParam("limit")
    @Nullable String limit;

    @Parameter(
            description =
                    "A cursor of an export of this list, of any format, as it came, with the same"
                            + " filters; without version, which it holds.",
            schema = @Schema(type = SchemaType.STRING))
    @QueryParam("cursor")
    @Nullable String cursor;

    @Parameter(
            description =
                    "Whether each row has a last column, cursor: the export goes on behind that"
                            + " row.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"true", "false"},
                            defaultValue = "false"))
    @QueryParam("cursors")
    @Nullable String cursors;

    @Parameter(
            description = "Whether a first line of CSV names the columns.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"true", "false"},
                            defaultValue = "true"))
    @QueryParam("header")
    @Nullable String header;

    @Parameter(
            description = "Whether a last line of CSV or NDJSON says that the file is whole.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"true", "false"},
                            defaultValue = "true"))
    @QueryParam("trailer")
    @Nullable String trailer;

    @Parameter(ref = "version")
    @QueryParam("version")
    @Nullable String version;

    Format format() {
        if (format == null) {
            return Format.NDJSON;
        }
        return Arrays.stream(Format.values())
                .filter(each -> each.ending().equals(format))
                .findFirst()
                .orElseThrow(() ->
                        new BadParameterException(
                                "format is one of %s, not '%s'."
                                        .formatted(
                                                FORMATS,
                                                Parameters.shown(String.valueOf(format)))));
    }

    Frame frame() {
        return new Frame(
                Parameters.flag("header", header, true), Parameters.flag("trailer", trailer, true));
    }

    boolean hasCursors() {
        return Parameters.flag("cursors", cursors, false);
    }

    long limit() {
        return limit == null ? Long.MAX_VALUE : Parameters.count("limit", limit, 1, 1);
    }

    OptionalLong version() {
        return Parameters.version(version);
    }

    /** Where to begin, if a cursor says. */
    @Nullable PlaceCursor cursor(CursorSeal seal, Listing listing) throws QueryException {
        if (cursor == null) {
            return null;
        }
        Parameters.refuseVersionBesideCursor(version);
        return PlaceCursor.decode(cursor, seal, listing.identity());
    }
}
