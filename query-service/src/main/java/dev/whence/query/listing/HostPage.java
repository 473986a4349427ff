package dev.whence.query.listing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hosts by name.
 *
 * @param next the host after which the next page begins; empty at the end, and only there
 */
public record HostPage(List<HostCounts> hosts, Optional<String> next) {

    /**
     * A host with its URLs.
     *
     * @param host {@code host[:port]}
     * @param urls how many each dataset holds, by id (unsigned); greater than zero
     */
    public record HostCounts(String host, Map<Integer, Long> urls) {

        /** How many all hold together. */
        public long total() {
            return urls.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
