package dev.whence.query.rest;

import dev.whence.query.QueryException;
import dev.whence.query.rest.json.DatasetAnswer;
import dev.whence.query.rest.json.DatasetsAnswer;
import dev.whence.query.rest.json.TopDomainsAnswer;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
@APIResponse(responseCode = "429", ref = "TooMany")
@APIResponse(responseCode = "500", ref = "InternalError")
@APIResponse(responseCode = "503", ref = "Unavailable")
public final class DatasetResource {
    private static final int DEFAULT_DOMAINS = 100;
    private static final int MOST_DOMAINS = 1_000;

    private final Answers answers;

    @Inject
    DatasetResource(Answers answers) {
        this.answers = answers;
    }

    /** All datasets. */
    @GET
    @Operation(operationId = "listDatasets", summary = "All datasets with their statistics, by id")
    @APIResponse(responseCode = "200", description = "OK")
    public RestResponse<DatasetsAnswer> list(
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known)
            throws QueryException, IOException {
        return answers.sumsAnswer(
                "datasets",
                Parameters.version(version),
                known,
                view -> view,
                (view, all) -> DatasetsAnswer.of(all.datasets(), view.number()));
    }

    /** One dataset. */
    @GET
    @Path("/{dataset_id}")
    @Operation(operationId = "getDataset", summary = "One dataset with its statistics")
    @APIResponse(responseCode = "200", description = "OK")
    public RestResponse<DatasetAnswer> get(
            @Parameter(ref = "dataset_id") @PathParam("dataset_id") String dataset,
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known)
            throws QueryException, IOException {
        int datasetId = Parameters.datasetId(dataset);
        return answers.sumsAnswer(
                "dataset",
                Parameters.version(version),
                known,
                view -> view.requiredName(datasetId),
                (view, name) -> DatasetAnswer.of(view.dataset(datasetId)));
    }

    /** The largest domains of a dataset. */
    @GET
    @Path("/{dataset_id}/domains")
    @Operation(
            operationId = "listTopDomains",
            summary = "The domains of which a dataset holds most URLs")
    @APIResponse(responseCode = "200", description = "OK")
    public RestResponse<TopDomainsAnswer> domains(
            @Parameter(ref = "dataset_id") @PathParam("dataset_id") String dataset,
            @Parameter(
                            description = "How many domains.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    @QueryParam("limit")
                    @Nullable String limit,
            @Parameter(ref = "version") @QueryParam("version") @Nullable String version,
            @Parameter(ref = "If-None-Match") @HeaderParam("If-None-Match") @Nullable String known)
            throws QueryException, IOException {
        int datasetId = Parameters.datasetId(dataset);
        int most = (int) Parameters.number("limit", limit, 1, MOST_DOMAINS, DEFAULT_DOMAINS);
        return answers.heavyAnswer(
                "top-domains",
                Parameters.version(version),
                known,
                view -> view.requiredName(datasetId),
                (view, name) ->
                        new TopDomainsAnswer(
                                Integer.toUnsignedLong(datasetId),
                                name,
                                view.sets().top(datasetId, most).stream()
                                        .map(TopDomainsAnswer.Item::of)
                                        .toList(),
                                view.number()));
    }
}
