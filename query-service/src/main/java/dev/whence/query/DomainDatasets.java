package dev.whence.query;

import dev.whence.catalog.DatasetTable;
import dev.whence.index.DatasetCount;
import dev.whence.index.IndexSnapshot;
import java.util.ArrayList;
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

    /** Looks a domain up; touches only mapped memory. */
    public static DomainDatasets of(OpenVersion version, String domain) throws QueryException {
        IndexSnapshot index = version.index();
        int ordinal = index.ordinalOf(domain);
        if (ordinal < 0) {
            return new DomainDatasets(domain, List.of());
        }
        List<DatasetCount> counts = index.datasetsOf(ordinal);
        List<Holding> holdings = new ArrayList<>(counts.size());
        for (DatasetCount count : counts) {
            DatasetTable.Row row =
                    version.findDataset(count.datasetId())
                            .orElseThrow(() -> unnamed(version, count.datasetId()));
            holdings.add(new Holding(count.datasetId(), row.name(), count.urls()));
        }
        return new DomainDatasets(domain, holdings);
    }

    private static QueryException unnamed(OpenVersion version, int datasetId) {
        return new QueryException.InconsistentVersion(
                "Version %d counts URLs of dataset %s, which its table of datasets does not name."
                        .formatted(version.number(), Integer.toUnsignedString(datasetId)));
    }
}
