package dev.whence.access;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is taken down of one domain. Immutable and thread-safe; a row costs a look for its host and
 * one for the longest prefix that it may have, however many there are.
 */
public final class TakenDownUrls {
    private final boolean all;
    private final Set<String> hosts;
    private final NavigableSet<String> prefixes;

    private TakenDownUrls(boolean all, Set<String> hosts, NavigableSet<String> prefixes) {
        this.all = all;
        this.hosts = hosts;
        this.prefixes = prefixes;
    }

    /** Whether it is the whole domain. */
    public boolean all() {
        return all;
    }

    /**
     * Hosts of which everything is taken down: without a port at every port, with one at that one.
     */
    public Set<String> hosts() {
        return hosts;
    }

    /** {@code host[:port]/path} of which all that begins so is taken down; none begins another. */
    public Set<String> prefixes() {
        return prefixes;
    }

    /** Whether a URL of the domain is taken down. */
    boolean contain(String host, String pathQuery) {
        if (all || hosts.contains(host) || hosts.contains(withoutPort(host))) {
            return true;
        }
        if (prefixes.isEmpty()) {
            return false;
        }
        // No prefix begins another, so only the last one before the URL can be its beginning.
        String url = host + pathQuery;
        String prefix = prefixes.floor(url);
        return prefix != null && url.startsWith(prefix);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    /** Takes takedowns of one domain together. */
    static final class Builder {
        private boolean all;
        private final Set<String> hosts = new TreeSet<>();
        private final TreeSet<String> prefixes = new TreeSet<>();

        void add(Takedown takedown) {
            switch (takedown.scope()) {
                case DOMAIN -> all = true;
                case HOST -> hosts.add(takedown.value());
                case URL_PREFIX -> prefixes.add(takedown.value());
            }
        }

        TakenDownUrls build() {
            return new TakenDownUrls(
                    all,
                    Collections.unmodifiableSet(hosts),
                    Collections.unmodifiableNavigableSet(shortest()));
        }

        /** Those that no other one begins. */
        private NavigableSet<String> shortest() {
            var shortest = new TreeSet<String>();
            String last = null;
            for (String prefix : prefixes) {
                if (last == null || !prefix.startsWith(last)) {
                    shortest.add(prefix);
                    last = prefix;
                }
            }
            return shortest;
        }
    }
}
