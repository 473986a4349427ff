package dev.whence.query.page;

import dev.whence.query.rest.ForPeople;
import dev.whence.query.rest.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestResponse;

/** The pages of datasets. */
@Path("/datasets")
@Produces(Pages.HTML)
@RunOnVirtualThread
@ForPeople
public final class DatasetPageResource {
    private final Pages pages;

    @Inject
    DatasetPageResource(Pages pages) {
        this.pages = pages;
    }

    /** All of them. */
    @GET
    public RestResponse<String> datasets(@Context UriInfo uri) {
        var asked = new Asked(uri);
        return pages.showSums(
                "datasets",
                uri,
                view ->
                        DatasetsPage.of(
                                Frame.of(Section.DATASETS, "", view, asked),
                                view.datasets(),
                                asked));
    }

    /** One of them. */
    @GET
    @Path("{dataset}")
    public RestResponse<String> dataset(
            @PathParam("dataset") String dataset, @Context UriInfo uri) {
        return pages.guarded(
                uri,
                () -> {
                    var asked = new Asked(uri);
                    int datasetId = Parameters.datasetId(dataset);
                    return pages.showHeavy(
                            "dataset",
                            uri,
                            asked.version(),
                            view ->
                                    DatasetPage.of(
                                            Frame.of(Section.DATASETS, "", view, asked),
                                            view,
                                            datasetId));
                });
    }
}
