package dev.whence.indexer;

import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.DatasetTally;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums up what a plan's entries brought to each dataset, and what became of it. */
final class DatasetChanges {
    private DatasetChanges() {}

    /** One change for each dataset that had a batch, by dataset id (unsigned). */
    static List<DatasetChange> of(Plan plan, IndexChange index) {
        var sums = new TreeMap<Integer, Sum>(Integer::compareUnsigned);
        for (LogEntry entry : plan.entries()) {
            for (LandingFile landing : entry.files()) {
                sums.computeIfAbsent(landing.datasetId(), id -> new Sum());
            }
            for (DatasetTally tally : entry.tallies()) {
                sums.computeIfAbsent(tally.datasetId(), id -> new Sum()).add(tally);
            }
        }
        return sums.entrySet().stream()
                .map(sum -> sum.getValue().change(sum.getKey(), index.growthOf(sum.getKey())))
                .toList();
    }

    private static final class Sum {
        private long read;
        private long accepted;
        private final Map<String, Long> rejected = new HashMap<>();

        void add(DatasetTally tally) {
            read += tally.read();
            accepted += tally.accepted();
            tally.rejected().forEach((reason, urls) -> rejected.merge(reason, urls, Long::sum));
        }

        DatasetChange change(int datasetId, IndexChange.Growth growth) {
            return new DatasetChange(
                    datasetId, read, accepted, new TreeMap<>(rejected), growth.urls(), 0);
        }
    }
}
