package dev.whence.query.page;

import dev.whence.query.rest.ForPeople;
import dev.whence.query.rest.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestResponse;

/** The page of versions. */
@Path("/versions")
@Produces(Pages.HTML)
@RunOnVirtualThread
@ForPeople
public final class VersionPageResource {
    private static final long LARGEST = 1L << 53;

    private final Pages pages;

    @Inject
    VersionPageResource(Pages pages) {
        this.pages = pages;
    }

    /** Those that are kept. */
    @GET
    public RestResponse<String> versions(@Context UriInfo uri) {
        return pages.guarded(
                uri,
                () -> {
                    var asked = new Asked(uri);
                    long before =
                            Parameters.number("before", asked.text("before"), 1, LARGEST, LARGEST);
                    return pages.showHeavy(
                            "versions",
                            uri,
                            asked.version(),
                            view ->
                                    VersionsPage.of(
                                            Frame.of(Section.VERSIONS, "", view, asked),
                                            view,
                                            before));
                });
    }
}
