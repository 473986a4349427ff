package dev.whence.index;

import java.util.List;

/**
 * Domains by the datasets that hold them.
 *
 * @param allOf ids of datasets that all hold the domain, 1 to 1,000
 * @param noneOf ids of datasets of which none holds it, up to 1,000
 */
public record DatasetSelection(List<Integer> allOf, List<Integer> noneOf) {

    static final int MOST_DATASETS = 1000;

    public DatasetSelection {
        allOf = List.copyOf(allOf);
        noneOf = List.copyOf(noneOf);
        if (allOf.isEmpty() || allOf.size() > MOST_DATASETS || noneOf.size() > MOST_DATASETS) {
            throw new IllegalArgumentException(
                    "1 to %d datasets to be in and up to %d not to be in, not %d and %d"
                            .formatted(MOST_DATASETS, MOST_DATASETS, allOf.size(), noneOf.size()));
        }
    }

    /** The domains that all of these datasets hold. */
    public static DatasetSelection allOf(Integer... datasetIds) {
        return new DatasetSelection(List.of(datasetIds), List.of());
    }
}
