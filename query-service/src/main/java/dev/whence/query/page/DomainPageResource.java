package dev.whence.query.page;

import dev.whence.query.QueryException;
import dev.whence.query.listing.HostPage;
import dev.whence.query.listing.HostPages;
import dev.whence.query.rest.ForPeople;
import dev.whence.query.rest.NamePage;
import dev.whence.query.view.DomainDatasets;
import dev.whence.query.view.View;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestResponse;

/** The page of a domain, and that of its hosts. */
@Path("/")
@Produces(Pages.HTML)
@RunOnVirtualThread
@ForPeople
public final class DomainPageResource {
    private static final int MOST_NEAR = 10;
    private static final int HOSTS = 50;

    private final Pages pages;
    private final TypedDomains typed;

    @Inject
    DomainPageResource(Pages pages, TypedDomains typed) {
        this.pages = pages;
        this.typed = typed;
    }

    /** The datasets of a domain. */
    @GET
    @Path("domain")
    public RestResponse<String> domain(@Context UriInfo uri) {
        var asked = new Asked(uri);
        return pages.show(
                "domain",
                uri,
                view -> {
                    String name = asked.text("name", "");
                    String domain = typed.of(name);
                    DomainDatasets found = view.holdings(domain);
                    return DomainPage.of(
                            Frame.of(Section.LOOK_UP, domain, view, asked),
                            name,
                            found,
                            found.holdings().isEmpty() ? near(view, name) : List.of(),
                            asked.page());
                });
    }

    /** The hosts of a domain. */
    @GET
    @Path("hosts")
    public RestResponse<String> hosts(@Context UriInfo uri) {
        return pages.guarded(
                uri,
                () -> {
                    var asked = new Asked(uri);
                    String domain = typed.of(asked.text("domain", ""));
                    String list = "hosts page " + domain;
                    NamePage page =
                            NamePage.of(
                                    asked.text("cursor"),
                                    asked.text("version"),
                                    pages.seal(),
                                    list);
                    return pages.showHeavy(
                            "hosts",
                            uri,
                            page.version(),
                            view -> hosts(view, asked, domain, list, page));
                });
    }

    private static HostsPage hosts(
            View view, Asked asked, String domain, String list, NamePage page)
            throws QueryException, IOException {
        Frame frame = Frame.of(Section.LOOK_UP, domain, view, asked);
        DomainDatasets found = view.holdings(domain);
        HostPage hosts = HostPages.read(view, domain, found.holdings(), "", page.after(), HOSTS);
        String cursor = NamePage.next(view, hosts.next(), list);
        String next =
                cursor == null
                        ? null
                        : Address.of("/hosts")
                                .with("domain", domain)
                                .with("cursor", cursor)
                                .toString();
        return HostsPage.of(frame, found, hosts.hosts(), next);
    }

    /** Domains that begin like it, if that is how domains can begin. */
    private static List<String> near(View view, String text) throws QueryException, IOException {
        boolean ascii = text.length() <= 253 && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
        return ascii
                ? view.beginningWith(text.toLowerCase(Locale.ROOT)).page("", MOST_NEAR).domains()
                : List.of();
    }
}
