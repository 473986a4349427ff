package dev.whence.query.rest;

import dev.whence.query.LakeReader;
import dev.whence.query.OpenVersion;
import dev.whence.query.QueryException;
import dev.whence.query.VersionHistory;
import dev.whence.query.VersionLease;
import dev.whence.query.VersionSummary;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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
 * is served change from moment to moment, so these answers carry no tag.
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
    private final VersionHistory history;
    private final LakeReader lake;

    @Inject
    VersionResource(Answers answers, VersionHistory history, LakeReader lake) {
        this.answers = answers;
        this.history = history;
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
        try (VersionLease lease = answers.lease(OptionalLong.empty())) {
            OpenVersion served = lease.version();
            List<VersionSummary> found = history.list(served, before, most);
            Instant now = Instant.now();
            long oldest = history.oldest(served);
            boolean more = !found.isEmpty() && found.getLast().number() > oldest;
            return fresh(
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
        try (VersionLease lease = answers.lease(OptionalLong.empty())) {
            OpenVersion served = lease.version();
            return fresh(VersionAnswer.of(history.get(served, wanted), served, Instant.now()));
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
                            + " Streamed, by dataset and file id.")
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
                    @Nullable String dataset)
            throws QueryException, IOException {
        OptionalInt datasetId =
                dataset == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(Parameters.datasetId(dataset));
        try (VersionLease lease = answers.lease(Parameters.version(number))) {
            if (datasetId.isPresent()) {
                lease.version().dataset(datasetId.getAsInt());
            }
            return fresh(new FileList(answers, lake, lease.version().number(), datasetId));
        }
    }

    private static <T> RestResponse<T> fresh(T body) {
        return RestResponse.ResponseBuilder.ok(body).header("Cache-Control", "no-cache").build();
    }
}
