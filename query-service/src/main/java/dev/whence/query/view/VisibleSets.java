package dev.whence.query.view;

import dev.whence.index.DatasetSelection;
import dev.whence.index.DatasetSets;
import dev.whence.index.DomainCount;
import dev.whence.query.QueryException;
import dev.whence.query.view.MaskedHoldings.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Set algebra over the datasets that a view shows. The index answers by bitmaps; domains of which
 * something is masked are put right one by one. All answers are exact.
 */
public final class VisibleSets {
    private final View view;
    private final DatasetSets sets;

    VisibleSets(View view) {
        this.view = view;
        this.sets = view.index().sets();
    }

    /** How many domains are in a set. */
    public long count(SetQuestion question) throws QueryException, IOException {
        requireDatasets(question);
        long count = 0;
        for (DatasetSelection part : DisjointParts.of(question)) {
            count += sets.count(part);
        }
        for (Change change : view.masked().changes().values()) {
            count += question.matches(change.shown().keySet()) ? 1 : 0;
            count -= question.matches(change.indexed().keySet()) ? 1 : 0;
        }
        return count;
    }

    /**
     * Domains of a set by name. Where nothing is hidden a page may be short, even empty: only one
     * without {@code next} is the last.
     *
     * @param prefix what they begin with; empty for all
     * @param after only domains above this one; empty at first
     * @param limit at most so many, 1 to 10,000
     */
    public DomainNamesPage domains(SetQuestion question, String prefix, String after, int limit)
            throws QueryException, IOException {
        requireDatasets(question);
        if (view.visibility().tellsSums() && view.masked().changes().isEmpty()) {
            return new DisjointParts(sets, question).page(prefix, after, limit);
        }
        // The index speaks of more as long as it has names, be they hidden: here one that is shown
        // tells it, however far it is to that.
        int wanted = limit + 1;
        var names = new ArrayList<String>();
        Optional<String> next = Optional.of(after);
        while (names.size() < wanted && next.isPresent()) {
            view.check();
            int most = Math.min(wanted - names.size(), DatasetSets.MOST_DOMAINS);
            DomainNamesPage some = some(question, prefix, next.get(), most);
            names.addAll(some.domains());
            next = some.next();
        }
        return new DomainNamesPage(List.copyOf(names), Optional.empty()).cutTo(limit);
    }

    /** Some domains of a set, masked ones put right; more come as long as there is a next. */
    private DomainNamesPage some(SetQuestion question, String prefix, String after, int limit)
            throws QueryException, IOException {
        DomainNamesPage page = new DisjointParts(sets, question).page(prefix, after, limit);
        Map<String, Change> masked = view.masked().changes();
        var names = new TreeSet<>(page.domains());
        names.removeIf(name ->
                masked.containsKey(name) && !question.matches(masked.get(name).shown().keySet()));
        masked.forEach((name, change) -> {
            boolean inRange =
                    name.startsWith(prefix)
                            && name.compareTo(after) > 0
                            && page.next().filter(next -> name.compareTo(next) > 0).isEmpty();
            if (inRange && question.matches(change.shown().keySet())) {
                names.add(name);
            }
        });
        return new DomainNamesPage(List.copyOf(names), page.next()).cutTo(limit);
    }

    /** How many domains each two datasets share: a row and a column for each, in their order. */
    public long[][] overlap(List<Integer> datasetIds) throws QueryException, IOException {
        for (int datasetId : datasetIds) {
            view.requireDataset(datasetId);
        }
        long[][] shared = sets.overlap(datasetIds);
        for (Change change : view.masked().changes().values()) {
            add(shared, datasetIds, change.shown().keySet(), 1);
            add(shared, datasetIds, change.indexed().keySet(), -1);
        }
        return shared;
    }

    /**
     * The domains of which a dataset holds most URLs, the most first.
     *
     * @param limit at most so many, 1 to 1,000
     */
    public List<DomainCount> top(int datasetId, int limit) throws QueryException, IOException {
        view.requireDataset(datasetId);
        Map<String, Change> masked = view.masked().changes();
        long touched = view.masked().loss(datasetId).touched();
        int looked = (int) Math.min(DatasetSets.MOST_DOMAINS, limit + touched);
        List<DomainCount> top = new ArrayList<>();
        for (DomainCount each : sets.top(datasetId, looked)) {
            Change change = masked.get(each.domain());
            long urls = change == null ? each.urls() : change.shown().getOrDefault(datasetId, 0L);
            if (urls > 0) {
                top.add(new DomainCount(each.domain(), urls));
            }
        }
        // Sorting is stable: equals stay in the order of the index.
        top.sort(Comparator.comparingLong(DomainCount::urls).reversed());
        return top.subList(0, Math.min(limit, top.size()));
    }

    private static void add(
            long[][] shared, List<Integer> datasetIds, Set<Integer> holders, long sign) {
        for (int i = 0; i < datasetIds.size(); i++) {
            for (int j = 0; j < datasetIds.size(); j++) {
                if (holders.contains(datasetIds.get(i)) && holders.contains(datasetIds.get(j))) {
                    shared[i][j] += sign;
                }
            }
        }
    }

    private void requireDatasets(SetQuestion question) throws QueryException {
        for (int datasetId : question.datasets().toList()) {
            view.requireDataset(datasetId);
        }
    }
}
