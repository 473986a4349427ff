package dev.whence.query.page;

import dev.whence.query.QueryException;
import dev.whence.query.listing.PageStart;
import dev.whence.query.listing.UrlCursor;
import dev.whence.query.listing.UrlFilter;
import dev.whence.query.listing.UrlList;
import dev.whence.query.listing.UrlPages;
import dev.whence.query.rest.ForPeople;
import dev.whence.query.rest.Parameters;
import dev.whence.query.rest.UrlFilters;
import dev.whence.query.view.DomainUrls;
import dev.whence.query.view.View;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.OptionalLong;
import org.jboss.resteasy.reactive.RestResponse;

/** The URLs of a domain in a dataset, with filters. */
@Path("/urls")
@Produces(Pages.HTML)
@RunOnVirtualThread
@ForPeople
public final class UrlPageResource {
    private static final int SIZE = 100;

    private final Pages pages;
    private final TypedDomains typed;
    private final UrlFilters filters;
    private final UrlPages urlPages;

    /** What is asked for, checked. */
    private record Question(UrlList list, OptionalLong version, PageStart start) {}

    @Inject
    UrlPageResource(Pages pages, TypedDomains typed, UrlFilters filters, UrlPages urlPages) {
        this.pages = pages;
        this.typed = typed;
        this.filters = filters;
        this.urlPages = urlPages;
    }

    /** A page of them. */
    @GET
    public RestResponse<String> urls(@Context UriInfo uri) {
        return pages.guarded(
                uri,
                () -> {
                    var asked = new Asked(uri);
                    Question question = question(asked);
                    return pages.show(
                            "urls", uri, question.version(), view -> page(view, asked, question));
                });
    }

    private Question question(Asked asked) throws QueryException {
        String domain = typed.of(asked.text("domain", ""));
        UrlFilter filter =
                filters.of(
                        domain,
                        asked.text("host"),
                        asked.text("path"),
                        asked.text("from"),
                        asked.text("to"));
        var list = new UrlList(domain, Parameters.datasetId(asked.text("dataset", "")), filter);
        String text = asked.text("cursor");
        if (text == null) {
            return new Question(list, asked.version(), PageStart.at(0));
        }
        UrlCursor cursor = UrlCursor.decode(text, pages.seal(), list);
        return new Question(list, OptionalLong.of(cursor.version()), PageStart.at(cursor));
    }

    private UrlsPage page(View view, Asked asked, Question question)
            throws QueryException, IOException {
        UrlList list = question.list();
        DomainUrls urls = view.urls(list.domain(), list.datasetId());
        UrlsPage.Lines lines =
                urlPages.read(urls, list.filter(), question.start(), SIZE, UrlsPage.Lines::of);
        Frame frame = Frame.of(Section.LOOK_UP, list.domain(), view, asked);
        return new UrlsPage(
                frame,
                list.domain(),
                Addresses.urls(frame, list.domain(), list.datasetId()).toString(),
                Addresses.domain(frame, list.domain()).toString(),
                view.requiredName(list.datasetId()),
                Addresses.dataset(frame, list.datasetId()).toString(),
                UrlsPage.choices(view.holdings(list.domain()).holdings(), list.datasetId()),
                UrlsPage.Filters.of(asked),
                lines.lines(),
                lines.first(),
                lines.last(),
                lines.total(),
                lines.page()
                        .next()
                        .map(place ->
                                new UrlCursor(view.number(), place, lines.last())
                                        .encode(view.seal(), list))
                        .map(cursor -> again(asked, list).with("cursor", cursor).toString())
                        .orElse(null),
                Downloads.urls(frame, list.domain(), list.datasetId(), UrlsPage.Filters.of(asked)));
    }

    /** The same list; its cursor holds the version. */
    private static Address again(Asked asked, UrlList list) {
        return Address.of("/urls")
                .with("domain", list.domain())
                .withDataset("dataset", list.datasetId())
                .with("host", asked.text("host"))
                .with("path", asked.text("path"))
                .with("from", asked.text("from"))
                .with("to", asked.text("to"));
    }
}
