package dev.whence.index;

import java.util.List;
import java.util.Optional;

/**
 * A page of domains by name.
 *
 * @param domains ascending by their bytes; may be fewer than were asked for, even none, where many
 *     domains had to be looked at that are not in the set
 * @param next the domain after which the next page begins; empty at the end, and only there
 */
public record DomainPage(List<String> domains, Optional<String> next) {}
