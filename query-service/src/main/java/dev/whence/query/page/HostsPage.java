package dev.whence.query.page;

import dev.whence.query.listing.HostPage.HostCounts;
import dev.whence.query.view.DomainDatasets;
import dev.whence.query.view.DomainDatasets.Holding;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of a domain, by name.
 *
 * @param back the address of the domain
 * @param next the address of the next page; null at the end
 * @param downloads where programs get it
 */
public record HostsPage(
        Frame frame,
        String domain,
        String back,
        List<Host> hosts,
        @Nullable String next,
        List<Link> downloads)
        implements Page {
    /** More of its datasets are on the page of the domain. */
    private static final int MOST_BARS = 12;

    /**
     * A host.
     *
     * @param urls how many all datasets hold
     * @param width of its bar beside those of the page
     * @param others how many datasets have it beside those that are told
     */
    public record Host(String name, long urls, String width, List<Bar> datasets, int others) {}

    static HostsPage of(
            Frame frame, DomainDatasets found, List<HostCounts> hosts, @Nullable String next) {
        Map<Integer, String> names =
                found.holdings().stream()
                        .collect(Collectors.toMap(Holding::datasetId, Holding::name));
        long most = hosts.stream().mapToLong(HostCounts::total).max().orElse(0);
        return new HostsPage(
                frame,
                found.domain(),
                Addresses.domain(frame, found.domain()).toString(),
                hosts.stream().map(each -> host(frame, found.domain(), each, names, most)).toList(),
                next,
                Downloads.hosts(frame, found.domain()));
    }

    private static Host host(
            Frame frame, String domain, HostCounts host, Map<Integer, String> names, long most) {
        List<Bar> bars =
                host.urls().entrySet().stream()
                        .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
                        .limit(MOST_BARS)
                        .map(each ->
                                Bar.of(
                                        names.getOrDefault(each.getKey(), ""),
                                        Addresses.urls(frame, domain, each.getKey())
                                                .with("host", host.host()),
                                        each.getValue(),
                                        most))
                        .toList();
        return new Host(
                host.host(),
                host.total(),
                Bar.width(host.total(), most),
                bars,
                host.urls().size() - bars.size());
    }
}
