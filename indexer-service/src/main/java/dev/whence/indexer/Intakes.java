package dev.whence.indexer;

import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<Future<Intake>>();
            landings.forEach((datasetId, files) ->
                    running.add(
                            pool.submit(() ->
                                    new DatasetIntake(
                                                    store,
                                                    base.snapshot(),
                                                    datasetId,
                                                    comparison,
                                                    reducedCopy)
                                            .take(files))));
            return await(running);
        }
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

    /** Waits for all, so that nothing is still being written when the first failure is thrown. */
    private static List<Intake> await(List<Future<Intake>> running) throws IOException {
        var done = new ArrayList<Intake>();
        var failures = new ArrayList<Throwable>();
        for (Future<Intake> intake : running) {
            try {
                done.add(intake.get());
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while landing files were taken in", e);
            }
        }
        if (!failures.isEmpty()) {
            Throwable first = failures.getFirst();
            failures.stream().skip(1).forEach(first::addSuppressed);
            switch (first) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException(first);
            }
        }
        return done;
    }
}
