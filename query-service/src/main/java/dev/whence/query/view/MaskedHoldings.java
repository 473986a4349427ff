package dev.whence.query.view;

import dev.whence.index.DatasetCount;
import dev.whence.query.QueryException;
import dev.whence.query.view.DomainDatasets.Holding;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What masks change in one version: of each domain that has some, who holds it by the index, and
 * who as a view shows it. Whatever the index sums up over domains is put right by these.
 *
 * @param changes by domain; none where nothing is masked
 */
record MaskedHoldings(TreeMap<String, Change> changes) {
    /** Where nothing is masked. */
    static final MaskedHoldings NONE = new MaskedHoldings(new TreeMap<>());

    /**
     * One domain.
     *
     * @param indexed URLs by dataset, of shown datasets
     * @param shown the same less what is masked; without datasets that have none left
     */
    record Change(int ordinal, Map<Integer, Long> indexed, Map<Integer, Long> shown) {}

    static MaskedHoldings of(View view) throws QueryException, IOException {
        var changes = new TreeMap<String, Change>();
        for (String domain : view.visibility().maskedDomains()) {
            int ordinal = view.index().ordinalOf(domain);
            if (ordinal >= 0) {
                Map<Integer, Long> shown = new HashMap<>();
                for (Holding holding : view.holdings(domain).holdings()) {
                    shown.put(holding.datasetId(), holding.urls());
                }
                changes.put(domain, new Change(ordinal, indexed(view, ordinal), shown));
            }
        }
        return new MaskedHoldings(changes);
    }

    private static Map<Integer, Long> indexed(View view, int ordinal) {
        List<DatasetCount> counts = view.index().datasetsOf(ordinal);
        Map<Integer, Long> indexed = new HashMap<>();
        for (DatasetCount count : counts) {
            if (view.visibility().showsDataset(count.datasetId())) {
                indexed.put(count.datasetId(), count.urls());
            }
        }
        return indexed;
    }

    /** How much of a cache it takes: its domains. */
    static long weight(MaskedHoldings holdings) {
        return 1L + holdings.changes.size();
    }

    /** How many URLs of a dataset are masked. */
    long urls(int datasetId) {
        return changes.values().stream()
                .mapToLong(change ->
                        change.indexed().getOrDefault(datasetId, 0L)
                                - change.shown().getOrDefault(datasetId, 0L))
                .sum();
    }

    /** How many domains a dataset has none of any more. */
    long domains(int datasetId) {
        return changes.values().stream()
                .filter(change ->
                        change.indexed().containsKey(datasetId)
                                && !change.shown().containsKey(datasetId))
                .count();
    }
}
