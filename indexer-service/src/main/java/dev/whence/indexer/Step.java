package dev.whence.indexer;

import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.LoggedMerge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One thing that an entry of the log does to a dataset. */
sealed interface Step {

    int datasetId();

    /** A landing file is added. */
    record Add(LandingFile file) implements Step {
        @Override
        public int datasetId() {
            return file.datasetId();
        }
    }

    /**
     * A batch is merged.
     *
     * @param committedAt when its entry was
     */
    record Merge(LoggedMerge merge, Instant committedAt) implements Step {
        @Override
        public int datasetId() {
            return merge.datasetId();
        }
    }

    /** The steps of an entry, in the order in which they take effect. */
    static List<Step> of(LogEntry entry) {
        var steps = new ArrayList<Step>();
        int next = 0;
        for (LoggedMerge merge : entry.mergesInOrder()) {
            for (; next < merge.after(); next++) {
                steps.add(new Add(entry.files().get(next)));
            }
            steps.add(new Merge(merge, entry.committedAt()));
        }
        entry.files().subList(next, entry.files().size()).forEach(file -> steps.add(new Add(file)));
        return steps;
    }
}
