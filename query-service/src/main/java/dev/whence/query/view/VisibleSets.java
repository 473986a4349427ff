package dev.whence.query.view;

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
import java.util.stream.IntStream;

/**
 * Set algebra over the datasets that a view shows. The index answers by bitmaps; domains of which
 * something is masked are put right one by one. All answers are exact, and given up where they take
 * longer than the view's answer may.
 */
public final class VisibleSets {
    private final View view;
    private final DatasetSets sets;

    VisibleSets(View view) {
        this(view, new Giving(view));
    }

    /**
     * The same.
     *
     * @param check is run again and again while the index works; what it throws ends the answer
     */
    VisibleSets(View view, Runnable check) {
        this.view = view;
        this.sets = view.index().sets().checkedBy(check);
    }

    /** Gives an answer up that is overdue. */
    private record Giving(View view) implements Runnable {
        @Override
        public void run() {
            try {
                view.check();
            } catch (QueryException e) {
                throw new GivenUpException(e);
            }
        }
    }

    /** Why the index was interrupted. */
    private static final class GivenUpException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient QueryException reason;

        GivenUpException(QueryException reason) {
            super(null, reason, false, false);
            this.reason = reason;
        }
    }

    /** Something that the index is asked. */
    private interface Question<T> {
        T ask() throws QueryException, IOException;
    }

    private static <T> T answered(Question<T> question) throws QueryException, IOException {
        try {
            return question.ask();
        } catch (GivenUpException e) {
            throw e.reason;
        }
    }

    /** How many domains are in a set. */
    public long count(SetQuestion question) throws QueryException, IOException {
        requireDatasets(question);
        long count = answered(() -> DisjointParts.count(sets, question));
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
            return answered(() -> new DisjointParts(sets, question).page(prefix, after, limit));
        }
        // The index speaks of more as long as it has names, be they hidden: here one that is shown
        // tells it, however far it is to that.
        var shown = new ShownNames(view, sets, question, prefix);
        List<String> names = answered(() -> shown.after(after, limit + 1));
        return new DomainNamesPage(names, Optional.empty()).cutTo(limit);
    }

    /** How many domains each two datasets share: a row and a column for each, in their order. */
    public long[][] overlap(List<Integer> datasetIds) throws QueryException, IOException {
        for (int datasetId : datasetIds) {
            view.requireDataset(datasetId);
        }
        long[][] shared = answered(() -> sets.overlap(datasetIds));
        for (Change change : view.masked().changes().values()) {
            add(shared, datasetIds, change.shown().keySet(), 1);
            add(shared, datasetIds, change.indexed().keySet(), -1);
        }
        return shared;
    }

    /**
     * How many domains exactly these of some datasets hold and none of the others: at place p those
     * that dataset i holds just where bit i of p is set. What no dataset holds is not counted.
     *
     * @param datasetIds at most ten
     */
    public long[] intersections(List<Integer> datasetIds) throws QueryException, IOException {
        long[] domains = new long[1 << datasetIds.size()];
        for (int place = 1; place < domains.length; place++) {
            int fewer = place & (place - 1);
            if (fewer == 0 || domains[fewer] > 0) {
                domains[place] =
                        count(new SetQuestion(at(place, datasetIds), List.of(), List.of()));
            }
        }
        // So far others may hold them, too; who has one more dataset is taken out, for each.
        for (int dataset = 1; dataset < domains.length; dataset <<= 1) {
            for (int place = 1; place < domains.length; place++) {
                domains[place] -= (place & dataset) == 0 ? domains[place | dataset] : 0;
            }
        }
        return domains;
    }

    private static List<Integer> at(int place, List<Integer> datasetIds) {
        return IntStream.range(0, datasetIds.size())
                .filter(i -> (place & (1 << i)) != 0)
                .mapToObj(datasetIds::get)
                .toList();
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
        for (DomainCount each : answered(() -> sets.top(datasetId, looked))) {
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
