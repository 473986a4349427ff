package dev.whence.indexer;

import dev.whence.catalog.LogEntry;
import dev.whence.catalog.WaitingPart;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Takes what a plan's entries bring into their datasets, a few datasets at a time. */
final class Intakes {
    private final ObjectStore store;
    private final Comparison comparison;
    private final int threads;

    Intakes(ObjectStore store, Comparison comparison, int threads) {
        this.store = store;
        this.comparison = comparison;
        this.threads = threads;
    }

    /**
     * One intake for each dataset to which something happens, or for which something waits, by
     * dataset id (unsigned).
     *
     * @param compacted files that take the place of others of the base, before anything else
     */
    List<Intake> take(Plan plan, List<Compacted> compacted, Base base, Workspace workspace)
            throws IOException {
        var waiting = waitingByDataset(base);
        var steps = stepsByDataset(plan);
        Map<Integer, List<Compacted>> moves =
                compacted.stream().collect(Collectors.groupingBy(Compacted::datasetId));
        moves.keySet().forEach(datasetId -> steps.putIfAbsent(datasetId, List.of()));
        waiting.keySet().forEach(datasetId -> steps.putIfAbsent(datasetId, List.of()));
        var intakes = new ArrayList<Callable<Intake>>();
        steps.forEach((datasetId, ofDataset) ->
                intakes.add(() ->
                        new DatasetIntake(
                                        store,
                                        new DatasetFiles(base.snapshot(), datasetId),
                                        waiting.getOrDefault(datasetId, List.of()),
                                        moves.getOrDefault(datasetId, List.of()),
                                        comparison,
                                        workspace.lake())
                                .take(ofDataset, plan.overdueSince())));
        return SideBySide.run(threads, intakes);
    }

    private static SortedMap<Integer, List<Step>> stepsByDataset(Plan plan) {
        var steps = new TreeMap<Integer, List<Step>>(Integer::compareUnsigned);
        for (LogEntry entry : plan.entries()) {
            for (Step step : Step.of(entry)) {
                steps.computeIfAbsent(step.datasetId(), id -> new ArrayList<>()).add(step);
            }
        }
        return steps;
    }

    private static Map<Integer, List<WaitingPart>> waitingByDataset(Base base) {
        return base.table().waitingParts().stream()
                .collect(Collectors.groupingBy(part -> part.merge().datasetId()));
    }
}
