package dev.whence.indexer;

import dev.whence.catalog.BatchPart;
import dev.whence.catalog.Effect;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LoggedMerge;
import dev.whence.catalog.RefusedBatch;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.WaitingPart;
import dev.whence.index.LakeFile;
import dev.whence.merge.DataFile;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.Progress;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of the log into one dataset, one after the other. What {@code append} brings is
 * adopted as it is. What {@code insert} brings is compared with what the dataset holds by then: if
 * nothing is known it is adopted, if some is known a reduced copy is written, if all is known
 * nothing. What other strategies bring is merged, once it is whole. A merge for which there is no
 * time is queued, and all that follows it. What is taken down is left out of all of it. Not
 * thread-safe.
 */
final class DatasetIntake {
    private final ObjectStore store;
    private final LandingIntake landings;
    private final DatasetMerge merging;
    private final LakeStaging staging;
    private final MergeBudget budget;
    private final Progress progress;
    private final DatasetFiles files;
    private final SideFiles sideFiles;
    private final WaitingSources waiting;
    private final StepQueue queue;
    private final List<Compacted> compacted;
    private final List<Purged> purged;
    private final List<RemovedFile> removedBefore = new ArrayList<>();
    private final IntakeSum sum = new IntakeSum();

    /**
     * @param waiting parts of the dataset that wait in the base
     * @param queue steps that wait in the base
     * @param compacted files of it that take the place of others, before any step
     * @param purged the same without what is taken down
     */
    DatasetIntake(
            IntakeContext context,
            DatasetFiles files,
            List<WaitingPart> waiting,
            StepQueue queue,
            List<Compacted> compacted,
            List<Purged> purged) {
        this.store = context.store();
        this.files = files;
        this.staging = context.staging();
        this.budget = context.budget();
        this.progress = context.progress();
        this.queue = queue;
        this.merging = new DatasetMerge(context, files.datasetId());
        this.sideFiles = new SideFiles(files);
        this.landings = new LandingIntake(context, sideFiles, sum);
        this.waiting = new WaitingSources(waiting);
        this.compacted = compacted;
        this.purged = purged;
    }

    /**
     * One that goes on from what was carried out beside the publishing.
     *
     * @param queue what is left of it
     */
    static DatasetIntake after(
            Intake before, IntakeContext context, DatasetFiles files, StepQueue queue) {
        var intake =
                new DatasetIntake(context, files, before.waiting(), queue, List.of(), List.of());
        intake.takeOver(before);
        return intake;
    }

    private void takeOver(Intake before) {
        for (RemovedFile removed : before.removed()) {
            files.remove(removed.file().key());
            removedBefore.add(removed);
        }
        before.added().forEach(this::addBuilt);
        sum.goOnFrom(before);
    }

    /**
     * Takes the steps in the order in which they take effect.
     *
     * @param overdueSince sources expire that have not had a part since then
     */
    Intake take(List<Step> steps, Instant overdueSince) throws IOException {
        compacted.forEach(this::move);
        purged.forEach(this::purge);
        List<Step> joined = Step.joined(steps);
        for (int done = 0; done < joined.size(); done++) {
            progress.at(Progress.Phase.READ_SOURCE, done, joined.size());
            sum.beginStep();
            switch (joined.get(done)) {
                case Step.Merge merge when merge.isRetraction() -> retract();
                case Step behind when !queue.isEmpty() -> queue.add(behind);
                case Step.Add add -> add(add.file());
                case Step.Merge merge when isTooLong(merge) -> queue.add(merge);
                case Step.Merge merge -> merge(merge);
            }
        }
        // A queued step may complete a source.
        List<RefusedBatch> expired = queue.isEmpty() ? waiting.expire(overdueSince) : List.of();
        sum.expired(expired);
        waiting.dropped().forEach(sum::supersede);
        List<Compacted> moves = compacted.stream().filter(this::isWhole).toList();
        return sum.toIntake(
                files.datasetId(),
                moves,
                without(
                        files.added(),
                        moves.stream().flatMap(move -> move.added().stream()).toList()),
                removed(moves),
                waiting,
                queue);
    }

    /** Files of the base that are live no more, moves aside; each is read once. */
    private List<RemovedFile> removed(List<Compacted> moves) throws IOException {
        var known = new ArrayList<>(removedBefore.stream().map(RemovedFile::file).toList());
        moves.forEach(move -> known.addAll(move.removed()));
        var removed = new ArrayList<>(removedBefore);
        removed.addAll(RemovedFile.read(store, files.base(), without(files.removed(), known)));
        return removed;
    }

    private void move(Compacted move) {
        move.removed().forEach(file -> remove(file.key()));
        move.added().forEach(this::addBuilt);
    }

    private void purge(Purged done) {
        for (RemovedFile gone : done.removed()) {
            remove(gone.file().key());
            removedBefore.add(gone);
        }
        done.added().forEach(this::addBuilt);
        sum.purged(done);
    }

    private void addBuilt(LiveFile file) {
        files.add(file);
        sideFiles.addBuilt(file);
    }

    /** Whether no later step took a file of it out: only then it changes no count. */
    private boolean isWhole(Compacted move) {
        return files.added().containsAll(move.added());
    }

    private static <T> List<T> without(List<T> files, List<T> others) {
        Set<T> gone = new HashSet<>(others);
        return files.stream().filter(file -> !gone.contains(file)).toList();
    }

    private void add(LandingFile landing) throws IOException {
        if (!landing.strategy().onlyAdds()) {
            throw new IndexingStoppedException(
                    "landing file %s is for %s, which nothing can be adopted of"
                            .formatted(landing.key(), landing.strategy().text()));
        }
        landings.add(landing).ifPresent(this::adopt);
    }

    /** Whether a merge has something to do now, and more than there is time for. */
    private boolean isTooLong(Step.Merge step) {
        OptionalLong sources = sourceBytes(step);
        return sources.isPresent() && !budget.take(files.bytes() + sources.getAsLong());
    }

    /** Bytes of all that a step merges now; empty if that is nothing, or not whole yet. */
    private OptionalLong sourceBytes(Step.Merge step) {
        LoggedMerge merge = step.merge();
        if (merge.effect().part() != null) {
            return waiting.bytesIfCompletedBy(partOf(step));
        }
        return merge.rows() > 0 ? OptionalLong.of(merge.bytes()) : OptionalLong.empty();
    }

    private void merge(Step.Merge step) throws IOException {
        BatchPart part = step.merge().effect().part();
        if (part == null) {
            carryOut(step.merge(), null);
        } else {
            var whole = waiting.add(partOf(step));
            if (whole.isPresent()) {
                carryOut(whole.get(), part.batchId());
            }
        }
    }

    private static WaitingPart partOf(Step.Merge step) {
        return new WaitingPart(step.merge(), step.committedAt());
    }

    /** Takes out every live file, and what waits or is queued: all of it was sent before. */
    private void retract() {
        queue.removeAll().forEach(this::drop);
        long rows = files.rows();
        List<String> keys = files.keys();
        keys.forEach(this::remove);
        sum.retracted(rows, keys.size(), waiting.retract());
    }

    /** A step that is not carried out, because its outcome would go at once. */
    private void drop(Step step) {
        switch (step) {
            case Step.Add add -> sum.supersede(add.file().key());
            case Step.Merge merge when merge.merge().effect().part() == null ->
                    sum.supersedeSources(merge.merge());
            case Step.Merge part -> waiting.add(partOf(part)).ifPresent(sum::supersedeSources);
        }
    }

    private void carryOut(LoggedMerge merge, @Nullable String batchId) throws IOException {
        List<DataFile> sources = landings.sources(merge);
        sum.supersedeSources(merge);
        Effect effect = merge.effect();
        if (sources.isEmpty()) {
            if (effect.strategy() == Strategy.FULL_MERGE) {
                sum.refuse(
                        effect,
                        batchId,
                        "no URL of it was taken, so that it would delete all; to do that, retract the dataset");
            }
            return;
        }
        try {
            take(merging.run(target(), sources, effect));
        } catch (MergeRefusedException e) {
            if (effect.canBeJoined() && sources.size() > 1) {
                carryOutOneByOne(sources, effect);
            } else {
                sum.refuse(effect, batchId, String.valueOf(e.getMessage()));
            }
        }
        landings.dropSourceCopies();
    }

    /** One of several batches that were joined is at fault, and the others are not. */
    private void carryOutOneByOne(List<DataFile> sources, Effect effect) throws IOException {
        for (DataFile source : sources) {
            try {
                take(merging.run(target(), List.of(source), effect));
            } catch (MergeRefusedException e) {
                sum.refuse(effect, null, String.valueOf(e.getMessage()));
            }
        }
    }

    private void take(DatasetMerge.Merged merged) {
        merged.outcome().removed().forEach(file -> remove(file.key()));
        merged.added().forEach(this::adopt);
        sum.merged(merged);
    }

    private List<DataFile> target() {
        var target = new ArrayList<DataFile>();
        for (LakeFile file : files.ofBase()) {
            target.add(DataFile.of(file.key(), file.bytes()));
        }
        for (LiveFile file : files.added()) {
            target.add(DataFile.of(file.key(), file.bytes()));
        }
        return target;
    }

    private void adopt(LiveFile file) {
        files.add(file);
        sideFiles.add(file);
    }

    /** What this attempt itself wrote, and no version will name, is dropped at once. */
    private void remove(String key) {
        sideFiles.remove(files.remove(key));
        if (!staging.uploads().discard(key)) {
            sum.supersede(key);
        }
    }
}
