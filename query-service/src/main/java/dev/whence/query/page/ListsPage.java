package dev.whence.query.page;

import dev.whence.query.QueryException;
import dev.whence.query.view.DomainDatasets;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.query.view.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many domains that were looked up, or the form for them.
 *
 * @param text what was pasted, for the form
 * @param answer null where nothing was asked yet
 * @param most how many domains a list may have
 */
public record ListsPage(Frame frame, String text, @Nullable Answer answer, int most)
        implements Page {
    private static final int MOST_ROWS = 500;
    private static final int MOST_DATASETS = 50;

    /** Of a domain, so many datasets are named in its row. */
    private static final int MOST_NAMED = 5;

    /**
     * What was found.
     *
     * @param found how many a dataset holds
     * @param datasets who holds how many of them, the most first
     * @param rows the first of them, in the list's order
     */
    public record Answer(
            int total, int found, int missing, int invalid, List<Bar> datasets, List<Row> rows) {

        /** Whether there are more than the rows tell. */
        public boolean isCut() {
            return rows.size() < total;
        }
    }

    /**
     * One of them.
     *
     * @param href the address of its domain; empty if it is none
     * @param others how many datasets hold it beside those that are named
     */
    public record Row(
            String asked,
            String status,
            boolean found,
            String domain,
            String href,
            String problem,
            long urls,
            List<Bar> datasets,
            int others) {}

    static ListsPage of(
            Frame frame, String text, View view, TypedDomains typed, List<String> domains)
            throws QueryException, IOException {
        var statuses = new EnumMap<ListedDomain.Status, Integer>(ListedDomain.Status.class);
        Map<Integer, Long> holders = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (String asked : domains) {
            var listed = ListedDomain.lookUp(view, typed, asked);
            statuses.merge(listed.status(), 1, Integer::sum);
            DomainDatasets found = listed.found();
            List<Holding> holdings = found == null ? List.of() : found.holdings();
            holdings.forEach(each -> holders.merge(each.datasetId(), 1L, Long::sum));
            if (rows.size() < MOST_ROWS) {
                rows.add(row(frame, listed, holdings));
            }
        }
        var answer =
                new Answer(
                        domains.size(),
                        statuses.getOrDefault(ListedDomain.Status.FOUND, 0),
                        statuses.getOrDefault(ListedDomain.Status.MISSING, 0),
                        statuses.getOrDefault(ListedDomain.Status.INVALID, 0),
                        bars(frame, view, holders, domains.size()),
                        rows);
        return new ListsPage(frame, text, answer, DomainList.MOST);
    }

    private static Row row(Frame frame, ListedDomain listed, List<Holding> holdings) {
        List<Holding> named =
                holdings.stream()
                        .sorted(Comparator.comparingLong(Holding::urls).reversed())
                        .limit(MOST_NAMED)
                        .toList();
        return new Row(
                listed.asked(),
                listed.status().text(),
                listed.status() == ListedDomain.Status.FOUND,
                listed.domain(),
                listed.domain().isEmpty()
                        ? ""
                        : Addresses.domain(frame, listed.domain()).toString(),
                listed.problem(),
                holdings.stream().mapToLong(Holding::urls).sum(),
                named.stream()
                        .map(each ->
                                Bar.of(
                                        each.name(),
                                        Addresses.urls(frame, listed.domain(), each.datasetId()),
                                        each.urls(),
                                        each.urls()))
                        .toList(),
                holdings.size() - named.size());
    }

    private static List<Bar> bars(Frame frame, View view, Map<Integer, Long> holders, long total) {
        return holders.entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
                .limit(MOST_DATASETS)
                .map(each ->
                        Bar.of(
                                String.valueOf(view.nameOf(each.getKey())),
                                Addresses.dataset(frame, each.getKey()),
                                each.getValue(),
                                total))
                .toList();
    }
}
