package dev.whence.query.cdx;

import dev.whence.query.QueryException;
import dev.whence.query.listing.HostPage;
import dev.whence.query.listing.HostPage.HostCounts;
import dev.whence.query.listing.HostPages;
import dev.whence.query.view.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The hosts that share one key.
 *
 * @param rows how many all of them have, if that is known
 */
record HostGroup(String key, List<String> hosts, OptionalLong rows) {
    /** Hosts of a domain that are brought into order in memory. */
    private static final int MOST_HOSTS = 200_000;

    private static final int PAGE_HOSTS = 10_000;

    /** The groups of a scope in the order of their keys. */
    static List<HostGroup> of(View view, CdxScope scope) throws QueryException, IOException {
        if (scope.match() != MatchType.DOMAIN) {
            return List.of(
                    new HostGroup(
                            Surt.hostKey(scope.host(), scope.domain()),
                            Surt.hostsLike(scope.host(), scope.domain()),
                            OptionalLong.empty()));
        }
        // ')' comes before ',' and ':', so whole keys are in the order of these.
        var groups = new TreeMap<String, List<HostCounts>>();
        String below = scope.host().equals(scope.domain()) ? "" : scope.host();
        String after = "";
        int hosts = 0;
        while (true) {
            HostPage page =
                    HostPages.read(
                            view, scope.domain(), scope.holdings(view), below, after, PAGE_HOSTS);
            for (HostCounts each : page.hosts()) {
                groups.computeIfAbsent(
                                Surt.hostKey(each.host(), scope.domain()) + ")",
                                key -> new ArrayList<>())
                        .add(each);
                hosts++;
            }
            if (hosts > MOST_HOSTS) {
                throw new QueryException.TooMuch(
                        "%s has more than %,d hosts; ask for one of them, or for those below one."
                                .formatted(scope.domain(), MOST_HOSTS));
            }
            if (page.next().isEmpty()) {
                return groups.entrySet().stream()
                        .map(each -> known(each.getKey(), each.getValue()))
                        .toList();
            }
            after = page.next().get();
        }
    }

    private static HostGroup known(String key, List<HostCounts> hosts) {
        return new HostGroup(
                key.substring(0, key.length() - 1),
                hosts.stream().map(HostCounts::host).toList(),
                OptionalLong.of(hosts.stream().mapToLong(HostCounts::total).sum()));
    }
}
