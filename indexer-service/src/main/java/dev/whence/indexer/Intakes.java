package dev.whence.indexer;

import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Takes a plan's landing files in, a few datasets at a time. */
final class Intakes {
    private final ObjectStore store;
    private final Comparison comparison;
    private final int threads;

    Intakes(ObjectStore store, Comparison comparison, int threads) {
        this.store = store;
        this.comparison = comparison;
        this.threads = threads;
    }

    /** One intake for each dataset that has a file, by dataset id (unsigned). */
    List<Intake> take(Plan plan, Base base, Workspace workspace) throws IOException {
        var landings = landingsByDataset(plan);
        var reducedCopy = new ReducedCopy(workspace);
        var intakes = new ArrayList<Callable<Intake>>();
        landings.forEach((datasetId, files) ->
                intakes.add(() ->
                        new DatasetIntake(
                                        store, base.snapshot(), datasetId, comparison, reducedCopy)
                                .take(files)));
        return SideBySide.run(threads, intakes);
    }

    private static SortedMap<Integer, List<LandingFile>> landingsByDataset(Plan plan) {
        var landings = new TreeMap<Integer, List<LandingFile>>(Integer::compareUnsigned);
        for (LogEntry entry : plan.entries()) {
            for (LandingFile landing : entry.files()) {
                landings.computeIfAbsent(landing.datasetId(), id -> new ArrayList<>()).add(landing);
            }
        }
        return landings;
    }
}
