package dev.whence.indexer;

import dev.whence.catalog.DatasetQueue;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.QueuedStep;
import dev.whence.lake.LakeLayout;
import dev.whence.merge.Progress;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
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
    private final FollowedRules rules;
    private final PublishLimits limits;
    private final ReadyWork<CarriedOut> ready;
    private final IntPredicate heldByOthers;
    private final Set<Integer> running = new HashSet<>();
    private final QueueFailures failures = new QueueFailures();
    private volatile boolean stopped;

    /**
     * @param scratch belongs to it alone; it is emptied
     * @param limits what one run takes at most; none begins while so many bytes are ready
     * @param heldByOthers whether somebody else writes a dataset's files anew, or is to do so next
     */
    QueueRuns(
            ObjectStore store,
            Comparison comparison,
            FreshId ids,
            Scratch scratch,
            FollowedRules rules,
            PublishLimits limits,
            ReadyWork<CarriedOut> ready,
            IntPredicate heldByOthers)
            throws IOException {
        this.store = store;
        this.comparison = comparison;
        this.ids = ids;
        this.scratch = scratch;
        this.rules = rules;
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
        return running.contains(datasetId) || ready.has(item -> item.datasetId() == datasetId);
    }

    /** Why a queue that a version has could not be carried out lately; empty if all could. */
    Optional<String> problem(Base base) {
        return failures.first(base);
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
        // The domains of what is ready are held in memory, and one publish takes all of it in.
        if (ready.bytes() >= limits.bytes()) {
            return Optional.empty();
        }
        Optional<DatasetQueue> oldest =
                base.table().queued().stream()
                        .filter(queue ->
                                !holds(queue.datasetId()) && !heldByOthers.test(queue.datasetId()))
                        .min(failures.order());
        oldest.ifPresent(queue -> running.add(queue.datasetId()));
        return oldest;
    }

    private synchronized void release(int datasetId) {
        running.remove(datasetId);
    }

    private void run(DatasetQueue queue, Base base) throws IOException {
        try {
            ready.add(carryOut(queue, base));
            failures.remove(queue.datasetId());
        } catch (StoppedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failures.add(queue, base, e);
            throw e;
        } finally {
            release(queue.datasetId());
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
            RulesInForce inForce = rules.follow(base).rules();
            Intake intake =
                    carryOut(
                            queue.datasetId(),
                            queue.steps().subList(0, steps),
                            base,
                            inForce,
                            staging);
            Optional<String> problem = staging.uploads().firstProblem();
            if (problem.isPresent()) {
                throw new IOException("a queued merge is made again: " + problem.get());
            }
            return new CarriedOut(queue.datasetId(), queue.since(), steps, inForce, intake);
        } catch (IOException | RuntimeException e) {
            staging.uploads().drop();
            throw e;
        } finally {
            Scratch.delete(directory);
        }
    }

    private Intake carryOut(
            int datasetId,
            List<QueuedStep> steps,
            Base base,
            RulesInForce inForce,
            LakeStaging staging)
            throws IOException {
        var watch =
                new WorkWatch(
                        "queue of dataset %s, of version %d"
                                .formatted(Integer.toUnsignedString(datasetId), base.number()),
                        () -> stopped);
        Progress progress = watch::at;
        var context =
                new IntakeContext(
                        store, comparison, staging, MergeBudget.unlimited(), inForce, progress);
        return new DatasetIntake(
                        context,
                        new DatasetFiles(base.snapshot(), datasetId),
                        base.waitingParts(datasetId),
                        new StepQueue(datasetId, Optional.empty(), base.number()),
                        List.of(),
                        List.of())
                .take(steps.stream().map(Step::of).toList(), Instant.EPOCH);
    }
}
