package dev.whence.indexer;

import dev.whence.catalog.DatasetQueue;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.QueuedStep;
import dev.whence.catalog.WaitingPart;
import dev.whence.lake.LakeLayout;
import dev.whence.merge.Progress;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Carries out what datasets have queued, beside the publishing and never in its way: it reads the
 * newest version that is known, writes new files that nobody sees, and leaves them for the next
 * publish. One dataset at a time for each thread that calls. Thread-safe.
 */
final class QueueRuns {
    private static final System.Logger LOG = System.getLogger(QueueRuns.class.getName());

    private final ObjectStore store;
    private final Comparison comparison;
    private final FreshId ids;
    private final Scratch scratch;
    private final PublishLimits limits;
    private final ReadyWork<CarriedOut> ready;
    private final IntPredicate heldByOthers;
    private final Set<Integer> running = new HashSet<>();
    private final Map<Integer, Integer> failures = new HashMap<>();
    private volatile boolean stopped;

    /**
     * @param scratch belongs to it alone; it is emptied
     * @param limits what one run takes at most
     * @param heldByOthers whether somebody else writes a dataset's files anew, or is to do so next
     */
    QueueRuns(
            ObjectStore store,
            Comparison comparison,
            FreshId ids,
            Scratch scratch,
            PublishLimits limits,
            ReadyWork<CarriedOut> ready,
            IntPredicate heldByOthers)
            throws IOException {
        this.store = store;
        this.comparison = comparison;
        this.ids = ids;
        this.scratch = scratch;
        this.limits = limits;
        this.ready = ready;
        this.heldByOthers = heldByOthers;
        scratch.empty();
    }

    /** A running merge is given up soon, and none begins any more. */
    void stop() {
        stopped = true;
    }

    /** Whether a dataset's steps are being carried out, or wait to be taken in. */
    synchronized boolean holds(int datasetId) {
        return running.contains(datasetId) || ready.has(datasetId);
    }

    /** Carries out the first steps of the queue that waits longest; false if there is none. */
    boolean runNext(Base base) throws IOException {
        if (stopped || base.version().isEmpty() || !base.snapshot().acquire()) {
            return false;
        }
        try {
            Optional<DatasetQueue> queue = claim(base);
            if (queue.isPresent()) {
                run(queue.get(), base);
            }
            return queue.isPresent();
        } catch (StoppedException e) {
            LOG.log(Level.INFO, "A queued merge is {0}", e.getMessage());
            return false;
        } finally {
            base.snapshot().release();
        }
    }

    private synchronized Optional<DatasetQueue> claim(Base base) {
        Optional<DatasetQueue> oldest =
                base.table().queued().stream()
                        .filter(queue ->
                                !holds(queue.datasetId()) && !heldByOthers.test(queue.datasetId()))
                        .min(
                                Comparator.comparingInt(this::failuresOf)
                                        .thenComparingLong(DatasetQueue::since));
        oldest.ifPresent(queue -> running.add(queue.datasetId()));
        return oldest;
    }

    /** A queue that cannot be carried out does not keep the others waiting. */
    private int failuresOf(DatasetQueue queue) {
        return failures.getOrDefault(queue.datasetId(), 0);
    }

    private synchronized void release(int datasetId, boolean done) {
        running.remove(datasetId);
        if (done) {
            failures.remove(datasetId);
        } else {
            failures.merge(datasetId, 1, Integer::sum);
        }
    }

    private void run(DatasetQueue queue, Base base) throws IOException {
        boolean done = false;
        try {
            ready.add(carryOut(queue, base));
            done = true;
        } finally {
            release(queue.datasetId(), done);
        }
    }

    private CarriedOut carryOut(DatasetQueue queue, Base base) throws IOException {
        Path directory = scratch.newDirectory();
        var staging =
                new LakeStaging(
                        store,
                        ids,
                        new Scratch(directory)::newDirectory,
                        (datasetId, prefix, freshId) ->
                                LakeLayout.merged(datasetId, prefix, queue.since(), freshId));
        try {
            int steps = limits.prefix(queue.steps());
            Intake intake =
                    carryOut(queue.datasetId(), queue.steps().subList(0, steps), base, staging);
            Optional<String> problem = staging.firstProblem();
            if (problem.isPresent()) {
                throw new IOException("a queued merge is made again: " + problem.get());
            }
            return new CarriedOut(queue.datasetId(), queue.since(), steps, intake);
        } catch (IOException | RuntimeException e) {
            staging.drop();
            throw e;
        } finally {
            Scratch.delete(directory);
        }
    }

    private Intake carryOut(int datasetId, List<QueuedStep> steps, Base base, LakeStaging staging)
            throws IOException {
        Progress stopping =
                (phase, done, of) -> {
                    if (stopped) {
                        throw new StoppedException();
                    }
                };
        var context =
                new IntakeContext(store, comparison, staging, MergeBudget.unlimited(), stopping);
        List<WaitingPart> waiting =
                base.table().waitingParts().stream()
                        .filter(part -> part.merge().datasetId() == datasetId)
                        .toList();
        return new DatasetIntake(
                        context,
                        new DatasetFiles(base.snapshot(), datasetId),
                        waiting,
                        new StepQueue(datasetId, Optional.empty(), base.number()),
                        List.of())
                .take(steps.stream().map(Step::of).toList(), Instant.EPOCH);
    }
}
