package dev.whence.query.page;

import dev.whence.query.CanonicalNames;
import dev.whence.query.listing.UrlLookup;
import dev.whence.query.rest.ForPeople;
import dev.whence.url.CanonicalUrl;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestResponse;

/** The page of one exact URL. */
@Path("/url")
@Produces(Pages.HTML)
@RunOnVirtualThread
@ForPeople
public final class ExactPageResource {
    private final Pages pages;
    private final CanonicalNames names;

    @Inject
    ExactPageResource(Pages pages, CanonicalNames names) {
        this.pages = pages;
        this.names = names;
    }

    /** The datasets that hold it; without a URL, the form that asks for one. */
    @GET
    public RestResponse<String> url(@Context UriInfo uri) {
        var asked = new Asked(uri);
        String text = asked.text("url", "");
        if (text.isEmpty()) {
            return pages.show(
                    "url",
                    uri,
                    view -> ExactPage.empty(Frame.of(Section.LOOK_UP, "", view, asked)));
        }
        return pages.guarded(
                uri,
                () -> {
                    CanonicalUrl url = names.url(text);
                    return pages.showHeavy(
                            "url",
                            uri,
                            asked.version(),
                            view ->
                                    ExactPage.of(
                                            Frame.of(Section.LOOK_UP, "", view, asked),
                                            text,
                                            url,
                                            UrlLookup.of(view, url)));
                });
    }
}
