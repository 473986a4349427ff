package dev.whence.index;

import java.util.List;

/**
 * What the index says of a domain that was asked for.
 *
 * @param ordinal -1 if the index does not know the domain
 * @param datasets that hold it, ascending by id (unsigned), with exact counts, all greater than
 *     zero; none if the domain is not known, or no longer held
 */
public record FoundDomain(int ordinal, List<DatasetCount> datasets) {
    static final FoundDomain UNKNOWN = new FoundDomain(-1, List.of());
}
