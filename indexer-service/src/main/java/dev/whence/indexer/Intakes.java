package dev.whence.indexer;

import dev.whence.catalog.LogEntry;
import dev.whence.catalog.WaitingPart;
import dev.whence.merge.Progress;
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
    private final long mergedAtOnceBytes;

    /**
     * @param mergedAtOnceBytes of files that the merges of one publish may concern
     */
    Intakes(ObjectStore store, Comparison comparison, int threads, long mergedAtOnceBytes) {
        this.store = store;
        this.comparison = comparison;
        this.threads = threads;
        this.mergedAtOnceBytes = mergedAtOnceBytes;
    }

    /**
     * One intake for each dataset to which something happens, or for which something waits, by
     * dataset id (unsigned).
     *
     * @param instructed intakes in the place of any other
     */
    List<Intake> take(
            Plan plan, Ready ready, Map<Integer, Intake> instructed, Base base, LakeStaging staging)
            throws IOException {
        var context =
                new IntakeContext(
                        store,
                        comparison,
                        staging,
                        new MergeBudget(mergedAtOnceBytes),
                        plan.rules(),
                        Progress.NONE);
        var waiting = waitingByDataset(base);
        var steps = stepsByDataset(plan);
        Map<Integer, List<Compacted>> moves =
                ready.compacted().stream().collect(Collectors.groupingBy(Compacted::datasetId));
        Map<Integer, List<Purged>> purged =
                ready.purged().stream().collect(Collectors.groupingBy(Purged::datasetId));
        Map<Integer, CarriedOut> carriedOut =
                ready.carriedOut().stream()
                        .collect(Collectors.toMap(CarriedOut::datasetId, done -> done));
        moves.keySet().forEach(datasetId -> steps.putIfAbsent(datasetId, List.of()));
        purged.keySet().forEach(datasetId -> steps.putIfAbsent(datasetId, List.of()));
        waiting.keySet().forEach(datasetId -> steps.putIfAbsent(datasetId, List.of()));
        base.table().queued().forEach(queue -> steps.putIfAbsent(queue.datasetId(), List.of()));
        instructed.keySet().forEach(datasetId -> steps.putIfAbsent(datasetId, List.of()));
        var intakes = new ArrayList<Callable<Intake>>();
        steps.forEach((datasetId, ofDataset) -> {
            var queue = new StepQueue(datasetId, base.queue(datasetId), plan.version());
            var files = new DatasetFiles(base.snapshot(), datasetId);
            CarriedOut done = carriedOut.get(datasetId);
            Intake instead = instructed.get(datasetId);
            if (instead != null) {
                intakes.add(() -> instead);
            } else if (done == null) {
                intakes.add(() ->
                        new DatasetIntake(
                                        context,
                                        files,
                                        waiting.getOrDefault(datasetId, List.of()),
                                        queue,
                                        moves.getOrDefault(datasetId, List.of()),
                                        purged.getOrDefault(datasetId, List.of()))
                                .take(ofDataset, plan.overdueSince()));
            } else {
                queue.remove(done.steps());
                intakes.add(() ->
                        DatasetIntake.after(done.intake(), context, files, queue)
                                .take(ofDataset, plan.overdueSince()));
            }
        });
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
