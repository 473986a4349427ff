package dev.whence.query.page;

import dev.whence.query.view.DomainDatasets;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.url.CanonicalUrl;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The datasets that hold exactly one URL, the most rows first.
 *
 * @param text what was asked for; empty where nothing was yet
 * @param url its canonical form; null where nothing was asked
 * @param domain the domain of it, which leads to its page
 * @param holdings who holds it
 * @param downloads where programs get it
 */
public record ExactPage(
        Frame frame,
        String text,
        @Nullable String url,
        @Nullable Link domain,
        List<Bar> holdings,
        List<Link> downloads)
        implements Page {

    /** The form alone. */
    static ExactPage empty(Frame frame) {
        return new ExactPage(frame, "", null, null, List.of(), List.of());
    }

    static ExactPage of(Frame frame, String text, CanonicalUrl url, DomainDatasets found) {
        List<Holding> holdings =
                found.holdings().stream()
                        .sorted(Comparator.comparingLong(Holding::urls).reversed())
                        .toList();
        long most = holdings.isEmpty() ? 0 : holdings.getFirst().urls();
        Address domain = Addresses.domain(frame, url.domain());
        return new ExactPage(
                frame,
                text,
                url.url(),
                new Link(url.domain(), domain.toString()),
                holdings.stream()
                        .map(each ->
                                Bar.of(
                                        each.name(),
                                        Addresses.urls(frame, url.domain(), each.datasetId())
                                                .with("host", url.host())
                                                .with("path", url.pathQuery()),
                                        each.urls(),
                                        most))
                        .toList(),
                Downloads.url(frame, text));
    }
}
