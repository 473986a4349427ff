package dev.whence.query.page;

import dev.whence.query.rest.ForPeople;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;

/** The first page. */
@Path("/")
@Produces(Pages.HTML)
@RunOnVirtualThread
@ForPeople
public final class HomeResource {
    private final Pages pages;

    @Inject
    HomeResource(Pages pages) {
        this.pages = pages;
    }

    /** What there is to look up; links of before, {@code /?domain=…&dataset=…}, are sent on. */
    @GET
    public RestResponse<String> home(@Context UriInfo uri) {
        var asked = new Asked(uri);
        String domain = asked.text("domain");
        if (domain != null) {
            String dataset = asked.text("dataset");
            Address address =
                    dataset == null
                            ? Address.of("/domain").with("name", domain)
                            : Address.of("/urls").with("domain", domain).with("dataset", dataset);
            return RestResponse.seeOther(URI.create(address.toString()));
        }
        return pages.showSums(
                "home", uri, view -> HomePage.of(Frame.of(Section.LOOK_UP, "", view, asked), view));
    }
}
