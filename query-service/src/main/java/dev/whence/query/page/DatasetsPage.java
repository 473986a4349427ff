package dev.whence.query.page;

import dev.whence.query.view.DatasetSummary;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The datasets with their sizes.
 *
 * @param part what their names have in them
 * @param order by what they are sorted
 * @param downloads where programs get it
 */
public record DatasetsPage(
        Frame frame, String part, String order, Slice<Row> rows, List<Link> downloads)
        implements Page {
    private static final int SIZE = 100;

    /** A dataset. */
    public record Row(
            String id,
            String name,
            String href,
            long urls,
            long domains,
            long bytes,
            double share,
            String width,
            @Nullable Instant lastIngestAt) {}

    static DatasetsPage of(Frame frame, List<DatasetSummary> all, Asked asked) {
        String part = asked.text("part", "");
        String order = asked.text("order", "urls");
        List<DatasetSummary> shown =
                all.stream()
                        .filter(each ->
                                each.name()
                                        .toLowerCase(Locale.ROOT)
                                        .contains(part.toLowerCase(Locale.ROOT)))
                        .sorted(order(order))
                        .toList();
        long most = all.stream().mapToLong(DatasetSummary::urls).max().orElse(0);
        Address self =
                frame.address("/datasets").with("part", part).with("order", asked.text("order"));
        return new DatasetsPage(
                frame,
                part,
                order,
                Slice.of(
                        shown.stream().map(each -> row(frame, each, most)).toList(),
                        asked.page(),
                        SIZE,
                        self),
                Downloads.datasets(frame));
    }

    private static Row row(Frame frame, DatasetSummary dataset, long most) {
        return new Row(
                Integer.toUnsignedString(dataset.datasetId()),
                dataset.name(),
                Addresses.dataset(frame, dataset.datasetId()).toString(),
                dataset.urls(),
                dataset.domains(),
                dataset.bytes(),
                dataset.share(),
                Bar.width(dataset.urls(), most),
                dataset.lastIngestAt());
    }

    private static Comparator<DatasetSummary> order(String name) {
        return switch (name) {
            case "name" -> Comparator.comparing(DatasetSummary::name);
            case "domains" -> Comparator.comparingLong(DatasetSummary::domains).reversed();
            case "bytes" -> Comparator.comparingLong(DatasetSummary::bytes).reversed();
            default -> Comparator.comparingLong(DatasetSummary::urls).reversed();
        };
    }
}
