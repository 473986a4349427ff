package dev.whence.query.view;

import dev.whence.query.QueryException;
import dev.whence.query.version.OpenVersion;
import dev.whence.query.version.VersionHistory;
import dev.whence.query.version.VersionSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The versions that are kept, as a view tells them: nothing of datasets that it does not show. */
public final class VisibleHistory {
    private final OpenVersion served;
    private final VersionHistory history;
    private final Visibility visibility;

    VisibleHistory(OpenVersion served, VersionHistory history, Visibility visibility) {
        this.served = served;
        this.history = history;
        this.visibility = visibility;
    }

    /** The number of the oldest version that is kept. */
    public long oldest() {
        return history.oldest(served);
    }

    /** Versions below {@code before}, newest first, at most {@code limit}. */
    public List<VersionSummary> list(long before, int limit) throws IOException, QueryException {
        List<VersionSummary> shown = new ArrayList<>();
        for (VersionSummary summary : history.list(served, before, limit)) {
            shown.add(shown(summary));
        }
        return shown;
    }

    /** One of them. */
    public VersionSummary get(long number) throws IOException, QueryException {
        return shown(history.get(served, number));
    }

    private VersionSummary shown(VersionSummary summary) {
        boolean sums = visibility.tellsSums();
        return new VersionSummary(
                summary.number(),
                summary.publishedAt(),
                summary.urlProfile(),
                summary.suffixListDate(),
                sums ? summary.counts() : null,
                sums ? summary.positions() : List.of(),
                summary.changes().stream()
                        .filter(change -> visibility.showsDataset(change.datasetId()))
                        .toList(),
                summary.queued().stream()
                        .filter(queue -> visibility.showsDataset(queue.datasetId()))
                        .toList());
    }
}
