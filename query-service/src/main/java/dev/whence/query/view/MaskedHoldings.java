package dev.whence.query.view;

import dev.whence.index.DatasetCount;
import dev.whence.query.QueryException;
import dev.whence.query.view.DomainDatasets.Holding;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What masks change in one version: of each domain that has some, who holds it by the index, and
 * who as a view shows it. Whatever the index sums up over domains is put right by these.
 *
 * @param changes by domain; none where nothing is masked
 * @param losses by dataset, what they come to; without datasets that lose nothing
 */
record MaskedHoldings(TreeMap<String, Change> changes, Map<Integer, Loss> losses) {
    /** Where nothing is masked. */
    static final MaskedHoldings NONE = new MaskedHoldings(new TreeMap<>(), Map.of());

    /**
     * One domain.
     *
     * @param indexed URLs by dataset, of shown datasets
     * @param shown the same less what is masked; without datasets that have none left
     */
    record Change(int ordinal, Map<Integer, Long> indexed, Map<Integer, Long> shown) {}

    /**
     * What a dataset loses.
     *
     * @param urls that are masked
     * @param domains of which none are left
     * @param touched domains of which some are masked, or may be
     */
    record Loss(long urls, long domains, long touched) {
        private static final Loss NOTHING = new Loss(0, 0, 0);

        private Loss and(Loss other) {
            return new Loss(urls + other.urls, domains + other.domains, touched + other.touched);
        }
    }

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
        return new MaskedHoldings(changes, losses(changes.values()));
    }

    /** How much of a cache it takes: its domains. */
    static long weight(MaskedHoldings holdings) {
        return 1L + holdings.changes.size();
    }

    /** What a dataset loses. */
    Loss loss(int datasetId) {
        return losses.getOrDefault(datasetId, Loss.NOTHING);
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

    private static Map<Integer, Loss> losses(Collection<Change> changes) {
        Map<Integer, Loss> losses = new HashMap<>();
        for (Change change : changes) {
            change.indexed()
                    .forEach((datasetId, indexed) -> {
                        long shown = change.shown().getOrDefault(datasetId, 0L);
                        losses.merge(
                                datasetId,
                                new Loss(indexed - shown, shown == 0 ? 1 : 0, 1),
                                Loss::and);
                    });
        }
        return losses;
    }
}
