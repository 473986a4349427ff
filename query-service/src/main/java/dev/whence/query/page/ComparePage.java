package dev.whence.query.page;

import dev.whence.query.QueryException;
import dev.whence.query.view.DatasetSummary;
import dev.whence.query.view.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many domains each two datasets share, and exactly which hold how many.
 *
 * @param choices datasets that one can choose, the largest of all and those that are chosen
 * @param left how many there are beside them
 * @param upset null where there are too few datasets for it to tell more
 */
public record ComparePage(
        Frame frame,
        List<Choice> choices,
        int left,
        List<String> columns,
        List<Row> rows,
        @Nullable UpSet upset)
        implements Page {
    static final int MOST_COMPARED = 24;
    private static final int COMPARED_UNASKED = 10;
    private static final int MOST_CHOICES = 60;
    private static final int SHADES = 9;

    /** A dataset to choose. */
    public record Choice(String id, String name, boolean chosen) {}

    /** The row of a dataset. */
    public record Row(String name, String href, List<Cell> cells) {}

    /**
     * Where two datasets meet.
     *
     * @param domains how many they share; where a dataset meets itself, how many it holds
     * @param share those as a part of what the row's dataset holds, 0 to 1
     * @param shade 0 for none of them, to 9 for all
     */
    public record Cell(
            String href, String other, long domains, double share, int shade, boolean itself) {}

    static ComparePage of(Frame frame, View view, List<Integer> asked)
            throws QueryException, IOException {
        List<DatasetSummary> all =
                view.datasets().stream()
                        .sorted(Comparator.comparingLong(DatasetSummary::domains).reversed())
                        .toList();
        List<DatasetSummary> compared =
                asked.isEmpty()
                        ? all.subList(0, Math.min(COMPARED_UNASKED, all.size()))
                        : withCompany(all, asked);
        Set<Integer> chosen = Set.copyOf(compared.stream().map(DatasetSummary::datasetId).toList());
        List<Choice> choices = new ArrayList<>();
        for (DatasetSummary each : all) {
            boolean isChosen = chosen.contains(each.datasetId());
            if (isChosen || choices.size() < MOST_CHOICES) {
                choices.add(
                        new Choice(
                                Integer.toUnsignedString(each.datasetId()), each.name(), isChosen));
            }
        }
        long[][] shared =
                compared.isEmpty()
                        ? new long[0][]
                        : view.sets()
                                .overlap(compared.stream().map(DatasetSummary::datasetId).toList());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < compared.size(); i++) {
            rows.add(row(frame, compared, i, shared[i]));
        }
        return new ComparePage(
                frame,
                choices,
                all.size() - choices.size(),
                compared.stream().map(DatasetSummary::name).toList(),
                rows,
                UpSet.of(frame, view, compared));
    }

    /** Those that are asked for; one alone beside the largest others. */
    private static List<DatasetSummary> withCompany(List<DatasetSummary> all, List<Integer> asked) {
        List<DatasetSummary> compared =
                new ArrayList<>(
                        all.stream().filter(each -> asked.contains(each.datasetId())).toList());
        if (asked.size() == 1) {
            all.stream()
                    .filter(each -> !asked.contains(each.datasetId()))
                    .limit(COMPARED_UNASKED - 1)
                    .forEach(compared::add);
        }
        return compared;
    }

    private static Row row(Frame frame, List<DatasetSummary> compared, int i, long[] shared) {
        DatasetSummary dataset = compared.get(i);
        List<Cell> cells = new ArrayList<>();
        for (int j = 0; j < compared.size(); j++) {
            double share = shared[i] == 0 ? 0 : (double) shared[j] / shared[i];
            Address address = frame.address("/set").withDataset("all", dataset.datasetId());
            if (i != j) {
                address = address.withDataset("all", compared.get(j).datasetId());
            }
            cells.add(
                    new Cell(
                            address.toString(),
                            compared.get(j).name(),
                            shared[j],
                            share,
                            shared[j] == 0 ? 0 : 1 + (int) Math.round(share * (SHADES - 1)),
                            i == j));
        }
        return new Row(
                dataset.name(), Addresses.dataset(frame, dataset.datasetId()).toString(), cells);
    }
}
