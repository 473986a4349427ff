package dev.whence.query.page;

import dev.whence.query.QueryException;
import dev.whence.query.view.DatasetSummary;
import dev.whence.query.view.View;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to look up.
 *
 * @param domains how many all datasets hold together; null where that is not told
 * @param largest the datasets with most URLs
 * @param more the address of all datasets
 * @param exact the address of the page for one URL
 */
public record HomePage(
        Frame frame,
        long datasets,
        long urls,
        @Nullable Long domains,
        List<Bar> largest,
        String more,
        String exact)
        implements Page {
    private static final int MOST_SHOWN = 8;

    static HomePage of(Frame frame, View view) throws QueryException, IOException {
        List<DatasetSummary> all = view.datasets();
        List<DatasetSummary> largest =
                all.stream()
                        .sorted(Comparator.comparingLong(DatasetSummary::urls).reversed())
                        .limit(MOST_SHOWN)
                        .toList();
        long most = largest.isEmpty() ? 0 : largest.getFirst().urls();
        var counts = view.history().get(view.number()).counts();
        return new HomePage(
                frame,
                all.size(),
                all.stream().mapToLong(DatasetSummary::urls).sum(),
                counts == null ? null : counts.domains(),
                largest.stream()
                        .map(each ->
                                Bar.of(
                                        each.name(),
                                        Addresses.dataset(frame, each.datasetId()),
                                        each.urls(),
                                        most))
                        .toList(),
                frame.address("/datasets").toString(),
                frame.address("/url").toString());
    }
}
