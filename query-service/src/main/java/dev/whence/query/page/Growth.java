package dev.whence.query.page;

import dev.whence.catalog.DatasetChange;
import dev.whence.query.QueryException;
import dev.whence.query.version.VersionSummary;
import dev.whence.query.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the versions that are kept did to a dataset, the newest first. */
final class Growth {
    /** So many versions are looked at. */
    private static final int MOST_VERSIONS = 100;

    private Growth() {}

    /**
     * A version that changed it.
     *
     * @param urls how many it held then; null where what is hidden makes that unknown
     */
    public record Step(long version, Instant at, long added, long removed, @Nullable Long urls) {}

    /** The steps up to now, when it holds so many. */
    static List<Step> of(View view, int datasetId, long urls) throws QueryException, IOException {
        List<Step> steps = new ArrayList<>();
        long held = urls;
        for (VersionSummary version : view.history().list(Long.MAX_VALUE, MOST_VERSIONS)) {
            for (DatasetChange change : version.changes()) {
                if (change.datasetId() == datasetId) {
                    steps.add(
                            new Step(
                                    version.number(),
                                    version.publishedAt(),
                                    change.added(),
                                    change.removed(),
                                    version.counts() == null ? null : held));
                    held += change.removed() - change.added();
                }
            }
        }
        return steps;
    }
}
