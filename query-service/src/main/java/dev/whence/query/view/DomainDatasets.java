package dev.whence.query.view;

import java.util.List;

/**
 * The datasets that hold a domain, ascending by id; none for a domain that no dataset holds.
 *
 * @param domain the registrable domain
 */
public record DomainDatasets(String domain, List<Holding> holdings) {

    /**
     * One of them.
     *
     * @param urls how many URLs of the domain it holds, greater than zero
     */
    public record Holding(int datasetId, String name, long urls) {}

    /** How many URLs of it all datasets hold together. */
    public long urls() {
        return holdings.stream().mapToLong(Holding::urls).sum();
    }
}
