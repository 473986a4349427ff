package dev.whence.query.page;

import dev.whence.query.view.DomainDatasets;
import dev.whence.query.view.DomainDatasets.Holding;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The datasets that hold a domain, the most URLs first.
 *
 * @param exact the page of the very URL that was typed; null where a name was typed
 * @param near domains that begin with what was typed, where no dataset holds it
 * @param hosts the address of its hosts
 * @param downloads where programs get it
 */
public record DomainPage(
        Frame frame,
        String domain,
        long urls,
        Slice<Bar> holdings,
        @Nullable String exact,
        List<Link> near,
        String hosts,
        List<Link> downloads)
        implements Page {
    private static final int SIZE = 100;

    static DomainPage of(
            Frame frame, String typed, DomainDatasets found, List<String> near, int page) {
        List<Holding> holdings =
                found.holdings().stream()
                        .sorted(Comparator.comparingLong(Holding::urls).reversed())
                        .toList();
        long most = holdings.isEmpty() ? 0 : holdings.getFirst().urls();
        List<Bar> bars =
                holdings.stream()
                        .map(each ->
                                Bar.of(
                                        each.name(),
                                        Addresses.urls(frame, found.domain(), each.datasetId()),
                                        each.urls(),
                                        most))
                        .toList();
        return new DomainPage(
                frame,
                found.domain(),
                found.urls(),
                Slice.of(bars, page, SIZE, Addresses.domain(frame, found.domain())),
                typed.contains("/") ? Addresses.url(frame, typed).toString() : null,
                near.stream()
                        .map(name -> new Link(name, Addresses.domain(frame, name).toString()))
                        .toList(),
                Addresses.hosts(frame, found.domain()).toString(),
                Downloads.domain(frame, found.domain()));
    }
}
