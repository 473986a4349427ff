package dev.whence.indexer;

import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.DatasetTally;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.RefusedBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sums up what a plan's entries brought to each dataset, and what became of it. */
final class DatasetChanges {
    private DatasetChanges() {}

    /**
     * One change for each dataset that had a batch, or of which a batch was given up or had been
     * queued, by dataset id (unsigned).
     *
     * @param besides datasets that are changed by something else than the plan's entries
     */
    static List<DatasetChange> of(
            Plan plan, Set<Integer> besides, IndexChange index, List<Intake> intakes) {
        var sums = new TreeMap<Integer, Sum>(Integer::compareUnsigned);
        for (LogEntry entry : plan.entries()) {
            for (Step step : Step.of(entry)) {
                sums.computeIfAbsent(step.datasetId(), id -> new Sum());
            }
            for (DatasetTally tally : entry.tallies()) {
                sums.computeIfAbsent(tally.datasetId(), id -> new Sum()).add(tally);
            }
        }
        besides.forEach(datasetId -> sums.computeIfAbsent(datasetId, id -> new Sum()));
        for (Intake intake : intakes) {
            if (!intake.refused().isEmpty()) {
                sums.computeIfAbsent(intake.datasetId(), id -> new Sum()).refused =
                        intake.refused();
            }
        }
        return sums.entrySet().stream()
                .map(sum -> sum.getValue().change(sum.getKey(), index.growthOf(sum.getKey())))
                .toList();
    }

    private static final class Sum {
        private long read;
        private long accepted;
        private List<RefusedBatch> refused = List.of();
        private final Map<String, Long> rejected = new HashMap<>();

        void add(DatasetTally tally) {
            read += tally.read();
            accepted += tally.accepted();
            tally.rejected().forEach((reason, urls) -> rejected.merge(reason, urls, Long::sum));
        }

        DatasetChange change(int datasetId, IndexChange.Growth growth) {
            return new DatasetChange(
                    datasetId,
                    read,
                    accepted,
                    new TreeMap<>(rejected),
                    growth.added(),
                    growth.removed(),
                    refused.isEmpty() ? null : refused);
        }
    }
}
