package dev.whence.query.rest;

import dev.whence.query.QueryException;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Which datasets there are. */
@Path("/v1/datasets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Datasets")
@APIResponse(responseCode = "304", ref = "NotModified")
@APIResponse(responseCode = "400", ref = "BadRequest")
@APIResponse(responseCode = "404", ref = "NotFound")
@APIResponse(responseCode = "406", ref = "NotAcceptable")
@APIResponse(responseCode = "410", ref = "RetiredVersion")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public final class DatasetResource {
    private final Answers answers;

    @Inject
    DatasetResource(Answers answers) {
        this.answers = answers;
    }

    /** All datasets. */
    @GET
    @Operation(operationId = "listDatasets", summary = "All datasets with their counts, by id")
    @APIResponse(responseCode = "200", description = "OK")
    public RestResponse<DatasetsAnswer> list(
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known)
            throws QueryException, IOException {
        return answers.answer(
                "datasets",
                Parameters.version(version),
                known,
                open -> open,
                (open, all) -> DatasetsAnswer.of(open));
    }

    /** One dataset. */
    @GET
    @Path("/{dataset_id}")
    @Operation(operationId = "getDataset", summary = "One dataset with its counts")
    @APIResponse(responseCode = "200", description = "OK")
    public RestResponse<DatasetAnswer> get(
            @Parameter(ref = "dataset_id") @PathParam("dataset_id") String dataset,
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known)
            throws QueryException, IOException {
        int datasetId = Parameters.datasetId(dataset);
        return answers.answer(
                "dataset",
                Parameters.version(version),
                known,
                open -> open.dataset(datasetId),
                (open, row) -> DatasetAnswer.of(row));
    }
}
