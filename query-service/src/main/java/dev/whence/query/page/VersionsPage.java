package dev.whence.query.page;

import dev.whence.catalog.DatasetChange;
import dev.whence.query.QueryException;
import dev.whence.query.version.VersionSummary;
import dev.whence.query.view.View;
import dev.whence.query.view.VisibleHistory;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions that are kept, the newest first.
 *
 * @param next the address of older ones; null where there is none
 */
public record VersionsPage(Frame frame, long oldest, List<Row> rows, @Nullable String next)
        implements Page {
    private static final int SIZE = 50;
    private static final int MOST_NAMES = 4;

    /**
     * A version.
     *
     * @param urls how many it holds, and so the others; null where that is not told
     * @param changed datasets that it changed, the first few
     * @param others how many beside those
     */
    public record Row(
            long number,
            String href,
            boolean served,
            Instant at,
            @Nullable Long urls,
            @Nullable Long domains,
            @Nullable Long datasets,
            long added,
            long removed,
            List<Link> changed,
            int others) {}

    static VersionsPage of(Frame frame, View view, long before) throws QueryException, IOException {
        VisibleHistory history = view.history();
        List<VersionSummary> found = history.list(before, SIZE);
        boolean more = !found.isEmpty() && found.getLast().number() > history.oldest();
        return new VersionsPage(
                frame,
                history.oldest(),
                found.stream().map(each -> row(frame, view, each)).toList(),
                more
                        ? frame.address("/versions")
                                .with("before", found.getLast().number())
                                .toString()
                        : null);
    }

    private static Row row(Frame frame, View view, VersionSummary version) {
        var counts = version.counts();
        List<DatasetChange> named =
                version.changes().stream()
                        .filter(each -> view.nameOf(each.datasetId()) != null)
                        .toList();
        List<Link> changed =
                named.stream()
                        .limit(MOST_NAMES)
                        .map(each ->
                                new Link(
                                        String.valueOf(view.nameOf(each.datasetId())),
                                        Addresses.dataset(frame, each.datasetId()).toString()))
                        .toList();
        return new Row(
                version.number(),
                Address.of("/datasets").with("version", version.number()).toString(),
                version.number() == view.number(),
                version.publishedAt(),
                counts == null ? null : counts.urls(),
                counts == null ? null : counts.domains(),
                counts == null ? null : counts.datasets(),
                version.changes().stream().mapToLong(DatasetChange::added).sum(),
                version.changes().stream().mapToLong(DatasetChange::removed).sum(),
                changed,
                version.changes().size() - changed.size());
    }
}
