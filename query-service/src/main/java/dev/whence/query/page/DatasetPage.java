package dev.whence.query.page;

import dev.whence.query.QueryException;
import dev.whence.query.view.DatasetSummary;
import dev.whence.query.view.View;
import java.io.IOException;
import java.util.List;

/**
 * A dataset.
 *
 * @param top the domains of which it holds most URLs
 * @param growth what versions did to it, the newest first
 * @param compare the address of its comparison with others
 * @param downloads where programs get it
 */
public record DatasetPage(
        Frame frame,
        String id,
        DatasetSummary dataset,
        List<Bar> top,
        List<Growth.Step> growth,
        String compare,
        List<Link> downloads)
        implements Page {
    private static final int MOST_DOMAINS = 25;

    static DatasetPage of(Frame frame, View view, int datasetId)
            throws QueryException, IOException {
        DatasetSummary dataset = view.dataset(datasetId);
        var top = view.sets().top(datasetId, MOST_DOMAINS);
        long most = top.isEmpty() ? 0 : top.getFirst().urls();
        return new DatasetPage(
                frame,
                Integer.toUnsignedString(datasetId),
                dataset,
                top.stream()
                        .map(each ->
                                Bar.of(
                                        each.domain(),
                                        Addresses.domain(frame, each.domain()),
                                        each.urls(),
                                        most))
                        .toList(),
                Growth.of(view, datasetId, dataset.urls()),
                frame.address("/compare").withDataset("dataset", datasetId).toString(),
                Downloads.dataset(frame, datasetId));
    }
}
