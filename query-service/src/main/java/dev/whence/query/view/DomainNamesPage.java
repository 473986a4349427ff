package dev.whence.query.view;

import java.util.List;
import java.util.Optional;

/**
 * Domains by name.
 *
 * @param next the domain after which the next page begins; empty at the end, and only there
 */
public record DomainNamesPage(List<String> domains, Optional<String> next) {

    /** No more than so many of them. */
    DomainNamesPage cutTo(int limit) {
        return domains.size() <= limit
                ? this
                : new DomainNamesPage(
                        domains.subList(0, limit), Optional.of(domains.get(limit - 1)));
    }
}
