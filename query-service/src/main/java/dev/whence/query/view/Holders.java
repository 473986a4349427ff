package dev.whence.query.view;

import dev.whence.index.DatasetCount;
import dev.whence.lake.UrlRange;
import dev.whence.query.QueryException;
import dev.whence.query.view.DomainDatasets.Holding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who holds a domain, as a view shows it: from mapped memory, unless some of its URLs are masked.
 */
final class Holders {
    private final View view;

    Holders(View view) {
        this.view = view;
    }

    /**
     * The holders of a domain.
     *
     * @param ordinal below zero for none
     */
    DomainDatasets of(String domain, int ordinal) throws QueryException, IOException {
        return of(domain, ordinal < 0 ? List.of() : view.index().datasetsOf(ordinal));
    }

    /** What is shown of the counts that the index has. */
    DomainDatasets of(String domain, List<DatasetCount> counts) throws QueryException, IOException {
        List<UrlRange> masked = view.visibility().masked(domain);
        if (masked.contains(UrlRange.ALL)) {
            return new DomainDatasets(domain, List.of());
        }
        List<Holding> holdings = new ArrayList<>(counts.size());
        for (DatasetCount count : counts) {
            if (view.visibility().showsDataset(count.datasetId())) {
                long urls =
                        masked.isEmpty()
                                ? count.urls()
                                : view.urls(domain, count.datasetId()).total();
                if (urls > 0) {
                    holdings.add(new Holding(count.datasetId(), name(count.datasetId()), urls));
                }
            }
        }
        return new DomainDatasets(domain, holdings);
    }

    /** Whether somebody holds it; the cheaper half of the question. */
    boolean any(String domain, int ordinal) throws QueryException, IOException {
        if (view.visibility().masked(domain).isEmpty()) {
            return view.index().datasetsOf(ordinal).stream()
                    .anyMatch(count -> view.visibility().showsDataset(count.datasetId()));
        }
        return !of(domain, ordinal).holdings().isEmpty();
    }

    private String name(int datasetId) throws QueryException {
        String name = view.nameOf(datasetId);
        if (name == null) {
            throw new QueryException.InconsistentVersion(
                    "Version %d counts URLs of dataset %s, which its table of datasets does not name."
                            .formatted(view.number(), Integer.toUnsignedString(datasetId)));
        }
        return name;
    }
}
