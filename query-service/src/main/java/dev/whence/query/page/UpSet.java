package dev.whence.query.page;

import dev.whence.query.QueryException;
import dev.whence.query.view.DatasetSummary;
import dev.whence.query.view.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Domains by exactly which datasets hold them, the most first: the picture that Lex et al. call
 * UpSet ("UpSet: Visualization of Intersecting Sets", 2014), turned so that bars are rows, which a
 * narrow screen has room for, and which read as a table.
 *
 * @param names of the datasets, a column each
 * @param isPart whether more are compared
 * @param left how many rows there are beside these
 * @param leftDomains what those count together
 */
public record UpSet(
        List<String> names, boolean isPart, List<Row> rows, int left, long leftDomains) {
    private static final int FEWEST = 3;

    /** Their combinations are counted one by one, 31 at the most. */
    private static final int MOST = 5;

    private static final int MOST_ROWS = 20;

    /**
     * Domains that the same datasets hold.
     *
     * @param held by column, whether that dataset does
     */
    public record Row(String href, long domains, String width, List<Boolean> held) {}

    /** The picture of some datasets, of the first of many; null for too few. */
    static @Nullable UpSet of(Frame frame, View view, List<DatasetSummary> compared)
            throws QueryException, IOException {
        if (compared.size() < FEWEST) {
            return null;
        }
        List<DatasetSummary> shown = compared.subList(0, Math.min(MOST, compared.size()));
        List<Integer> ids = shown.stream().map(DatasetSummary::datasetId).toList();
        long[] domains = view.sets().intersections(ids);
        List<Integer> found =
                IntStream.range(1, domains.length)
                        .filter(combination -> domains[combination] > 0)
                        .boxed()
                        .sorted(
                                Comparator.comparingLong(
                                                (Integer combination) -> domains[combination])
                                        .reversed())
                        .toList();
        long most = found.isEmpty() ? 0 : domains[found.getFirst()];
        List<Row> rows = new ArrayList<>();
        for (int combination : found.subList(0, Math.min(MOST_ROWS, found.size()))) {
            rows.add(row(frame, ids, combination, domains[combination], most));
        }
        List<Integer> left = found.subList(rows.size(), found.size());
        return new UpSet(
                shown.stream().map(DatasetSummary::name).toList(),
                shown.size() < compared.size(),
                rows,
                left.size(),
                left.stream().mapToLong(combination -> domains[combination]).sum());
    }

    private static Row row(
            Frame frame, List<Integer> ids, int combination, long domains, long most) {
        Address address = frame.address("/set");
        List<Boolean> held = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            boolean holds = (combination & (1 << i)) != 0;
            held.add(holds);
            address = address.withDataset(holds ? "all" : "none", ids.get(i));
        }
        return new Row(address.toString(), domains, Bar.width(domains, most), held);
    }
}
