/**
 * The questions over HTTP. A resource parses what was asked, takes a view of the version that it is
 * asked of, and turns what the view shows into JSON; whatever goes wrong becomes a problem document
 * (RFC 9457). The same annotations make the OpenAPI document; what several calls share stands here.
 */
@NullMarked
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Whence",
                        version = "1",
                        description =
                                "Which datasets contain a domain, how many of its URLs does each"
                                        + " hold, and which URLs are they? Counts are exact. Every"
                                        + " answer comes from one version of the index and names"
                                        + " it."),
        components =
                @Components(
                        parameters = {
                            @Parameter(
                                    name = "version",
                                    in = ParameterIn.QUERY,
                                    description =
                                            "The version to ask, if not the newest; any that is"
                                                    + " kept, see /v1/versions.",
                                    schema =
                                            @Schema(
                                                    type = SchemaType.INTEGER,
                                                    format = "int64",
                                                    minimum = "0")),
                            @Parameter(
                                    name = "If-None-Match",
                                    in = ParameterIn.HEADER,
                                    description =
                                            "The ETag of the answer that the caller has: if it is"
                                                    + " still good, the answer is 304 without a"
                                                    + " body.",
                                    schema = @Schema(type = SchemaType.STRING)),
                            @Parameter(
                                    name = "cursor",
                                    in = ParameterIn.QUERY,
                                    description =
                                            "The next_cursor of the page before, as it came, with"
                                                    + " the same filters; without version (and"
                                                    + " offset), which it holds.",
                                    schema = @Schema(type = SchemaType.STRING)),
                            @Parameter(
                                    name = "dataset_id",
                                    in = ParameterIn.PATH,
                                    required = true,
                                    description = "The dataset's id.",
                                    example = "7",
                                    schema =
                                            @Schema(
                                                    type = SchemaType.INTEGER,
                                                    format = "int64",
                                                    minimum = "0",
                                                    maximum = "4294967295")),
                            @Parameter(
                                    name = "number",
                                    in = ParameterIn.PATH,
                                    required = true,
                                    description = "The version's number.",
                                    example = "264",
                                    schema =
                                            @Schema(
                                                    type = SchemaType.INTEGER,
                                                    format = "int64",
                                                    minimum = "0"))
                        },
                        responses = {
                            @APIResponse(
                                    name = "Cdx",
                                    description =
                                            "The lines, streamed, as the output that is asked for;"
                                                    + " or the number of pages.",
                                    content = {
                                        @Content(
                                                mediaType = "text/plain",
                                                schema = @Schema(type = SchemaType.STRING)),
                                        @Content(
                                                mediaType = "text/x-cdxj",
                                                schema = @Schema(type = SchemaType.STRING)),
                                        @Content(
                                                mediaType = "application/x-ndjson",
                                                schema = @Schema(type = SchemaType.STRING)),
                                        @Content(
                                                mediaType = "application/json",
                                                schema =
                                                        @Schema(
                                                                description =
                                                                        "Arrays of texts, of which"
                                                                                + " the first names the"
                                                                                + " fields; or numbers"
                                                                                + " of pages."))
                                    }),
                            @APIResponse(
                                    name = "CdxProblem",
                                    description =
                                            "What is wrong, in words, as CDX servers tell it: the"
                                                    + " statuses are those of all calls, and an"
                                                    + " index answers 404 where it has no"
                                                    + " captures.",
                                    content = {
                                        @Content(
                                                mediaType = "text/plain",
                                                schema = @Schema(type = SchemaType.STRING)),
                                        @Content(
                                                mediaType = "application/json",
                                                schema =
                                                        @Schema(
                                                                type = SchemaType.OBJECT,
                                                                properties =
                                                                        @SchemaProperty(
                                                                                name = "message",
                                                                                type =
                                                                                        SchemaType
                                                                                                .STRING)))
                                    }),
                            @APIResponse(
                                    name = "Export",
                                    description =
                                            "The rows, streamed; docs/api.md says how each format"
                                                    + " ends, and what a file that was cut off"
                                                    + " lacks. Whence-Version names the version.",
                                    headers =
                                            @Header(
                                                    name = "Whence-Version",
                                                    description =
                                                            "The version that the rows are of.",
                                                    schema =
                                                            @Schema(
                                                                    type = SchemaType.INTEGER,
                                                                    format = "int64")),
                                    content = {
                                        @Content(
                                                mediaType = "application/x-ndjson",
                                                schema = @Schema(type = SchemaType.STRING)),
                                        @Content(
                                                mediaType = "text/csv",
                                                schema = @Schema(type = SchemaType.STRING)),
                                        @Content(
                                                mediaType = "application/vnd.apache.parquet",
                                                schema =
                                                        @Schema(
                                                                type = SchemaType.STRING,
                                                                format = "binary"))
                                    }),
                            @APIResponse(
                                    name = "NotModified",
                                    description = "The answer that the caller has is still good."),
                            @APIResponse(
                                    name = "BadRequest",
                                    description =
                                            "A parameter or the body is wrong (bad-parameter), or"
                                                    + " not a domain (invalid-domain), not a URL"
                                                    + " (invalid-url), not a cursor of this list"
                                                    + " (invalid-cursor), or the answer would take"
                                                    + " too much (too-much).",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema =
                                                            @Schema(
                                                                    implementation =
                                                                            Problem.class))),
                            @APIResponse(
                                    name = "Unauthenticated",
                                    description =
                                            "A key is needed, or the one that was sent is not"
                                                    + " known, or not any more (unauthenticated).",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema =
                                                            @Schema(
                                                                    implementation =
                                                                            Problem.class))),
                            @APIResponse(
                                    name = "Forbidden",
                                    description = "Only operators may ask this (forbidden).",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema =
                                                            @Schema(
                                                                    implementation =
                                                                            Problem.class))),
                            @APIResponse(
                                    name = "NotFound",
                                    description =
                                            "No such dataset (unknown-dataset), version"
                                                    + " (unknown-version) or path (unknown-path).",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema =
                                                            @Schema(
                                                                    implementation =
                                                                            Problem.class))),
                            @APIResponse(
                                    name = "NotAcceptable",
                                    description = "Answers are application/json.",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema =
                                                            @Schema(
                                                                    implementation =
                                                                            Problem.class))),
                            @APIResponse(
                                    name = "RetiredVersion",
                                    description =
                                            "The version, of the parameter or of the cursor, is no"
                                                    + " longer kept (retired-version): begin again"
                                                    + " without it.",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema =
                                                            @Schema(
                                                                    implementation =
                                                                            Problem.class))),
                            @APIResponse(
                                    name = "TooMany",
                                    description =
                                            "Too many questions of this kind at once (busy); Retry-After says when to ask again.",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema =
                                                            @Schema(
                                                                    implementation =
                                                                            Problem.class))),
                            @APIResponse(
                                    name = "TooLarge",
                                    description = "The body is larger than 4 MiB.",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema =
                                                            @Schema(
                                                                    implementation =
                                                                            Problem.class))),
                            @APIResponse(
                                    name = "NotJson",
                                    description = "The body is application/json.",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema =
                                                            @Schema(
                                                                    implementation =
                                                                            Problem.class))),
                            @APIResponse(
                                    name = "InternalError",
                                    description =
                                            "The index and the files disagree"
                                                    + " (inconsistent-version), the version cannot"
                                                    + " be opened (refused-version), or a defect"
                                                    + " (internal).",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema =
                                                            @Schema(
                                                                    implementation =
                                                                            Problem.class))),
                            @APIResponse(
                                    name = "Unavailable",
                                    description =
                                            "For the moment: nothing is served yet (not-serving),"
                                                    + " or the store does not answer"
                                                    + " (store-unavailable), or not in time"
                                                    + " (took-too-long).",
                                    content =
                                            @Content(
                                                    mediaType = Problem.MEDIA_TYPE,
                                                    schema =
                                                            @Schema(
                                                                    implementation =
                                                                            Problem.class)))
                        }))
package dev.whence.query.rest;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.NullMarked;
