package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.lake.LakeReader;
import dev.whence.query.rest.json.FilesAnswer;
import dev.whence.query.rest.json.VersionAnswer;
import dev.whence.query.rest.json.VersionsAnswer;
import dev.whence.query.version.VersionSummary;
import dev.whence.query.view.View;
import dev.whence.query.view.VisibleHistory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
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

/**
 * Which versions are kept, what each changed, and which files it is made of. Ages and which version
 * is served change from moment to moment, so only the files of a version carry a tag.
 */
@Path("/v1/versions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Versions")
@APIResponse(responseCode = "400", ref = "BadRequest")
@APIResponse(responseCode = "404", ref = "NotFound")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "410", ref = "RetiredVersion")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public final class VersionResource {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST = 100;

    private final Answers answers;
    private final ExportAnswers streams;
    private final LakeReader lake;

    @Inject
    VersionResource(Answers answers, ExportAnswers streams, LakeReader lake) {
        this.answers = answers;
        this.streams = streams;
        this.lake = lake;
    }

    /** The versions that are kept. */
    @GET
    @Operation(operationId = "listVersions", summary = "The versions that are kept, newest first")
    @APIResponse(responseCode = "200", description = "OK")
    public RestResponse<VersionsAnswer> list(
            @Parameter(
                            description = "The most versions in a page.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "100",
                                            defaultValue = "20"))
                    @QueryParam("limit")
                    @Nullable String limit,
            @Parameter(
                            description = "Only versions older than this one.",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "1"))
                    @QueryParam("after")
                    @Nullable String after)
            throws QueryException, IOException {
        int most = (int) Parameters.number("limit", limit, 1, MOST, DEFAULT_LIMIT);
        long before = Parameters.count("after", after, 1, Long.MAX_VALUE);
        try (View served = answers.view(OptionalLong.empty())) {
            VisibleHistory history = served.history();
            List<VersionSummary> found = history.list(before, most);
            Instant now = Instant.now();
            long oldest = history.oldest();
            boolean more = !found.isEmpty() && found.getLast().number() > oldest;
            return Answers.fresh(
                    served,
                    new VersionsAnswer(
                            served.number(),
                            oldest,
                            found.stream()
                                    .map(each -> VersionAnswer.of(each, served, now))
                                    .toList(),
                            more ? found.getLast().number() : null));
        }
    }

    /** One version. */
    @GET
    @Path("/{number}")
    @Operation(operationId = "getVersion", summary = "One version")
    @APIResponse(responseCode = "200", description = "OK")
    public RestResponse<VersionAnswer> get(
            @Parameter(ref = "number") @PathParam("number") String number)
            throws QueryException, IOException {
        long wanted = Parameters.version(number).getAsLong();
        try (View served = answers.view(OptionalLong.empty())) {
            return Answers.fresh(
                    served, VersionAnswer.of(served.history().get(wanted), served, Instant.now()));
        }
    }

    /** The live files of a version. */
    @GET
    @Path("/{number}/files")
    @Operation(
            operationId = "listFiles",
            summary = "The Parquet files that make up a version",
            description =
                    "Exact, where a listing of the lake would also show files that were superseded."
                            + " Streamed, by dataset and file id. Where there are access rules, for"
                            + " operators.")
    @APIResponse(responseCode = "403", ref = "Forbidden")
    @APIResponse(responseCode = "429", ref = "TooMany")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = FilesAnswer.class)))
    public RestResponse<StreamingOutput> files(
            @Parameter(ref = "number") @PathParam("number") String number,
            @Parameter(
                            description = "Only files of this dataset.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            format = "int64",
                                            minimum = "0",
                                            maximum = "4294967295"))
                    @QueryParam("dataset_id")
                    @Nullable String dataset,
            @Context RoutingContext request)
            throws QueryException, IOException {
        answers.requireOperator();
        OptionalInt datasetId =
                dataset == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(Parameters.datasetId(dataset));
        return streams.stream(
                "files",
                Parameters.version(number),
                MediaType.APPLICATION_JSON,
                null,
                request,
                view -> {
                    if (datasetId.isPresent()) {
                        view.requireDataset(datasetId.getAsInt());
                    }
                    return new FileList(view, lake, datasetId);
                });
    }
}
