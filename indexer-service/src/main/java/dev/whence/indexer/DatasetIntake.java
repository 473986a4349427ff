package dev.whence.indexer;

import dev.whence.catalog.BatchPart;
import dev.whence.catalog.Effect;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LoggedMerge;
import dev.whence.catalog.RefusedBatch;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.WaitingPart;
import dev.whence.index.LakeFile;
import dev.whence.lake.UrlFile;
import dev.whence.merge.DataFile;
import dev.whence.merge.MergeRefusedException;
import dev.whence.store.ObjectStore;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of the log into one dataset, one after the other. What {@code append} brings is
 * adopted as it is. What {@code insert} brings is compared with what the dataset holds by then: if
 * nothing is known it is adopted, if some is known a reduced copy is written, if all is known
 * nothing. What other strategies bring is merged, once it is whole. A merge for which there is no
 * time is queued, and all that follows it. Not thread-safe.
 */
final class DatasetIntake {
    private final ObjectStore store;
    private final Comparison comparison;
    private final ReducedCopy reducedCopy;
    private final DatasetMerge merging;
    private final LakeStaging staging;
    private final MergeBudget budget;
    private final DatasetFiles files;
    private final SideFiles sideFiles;
    private final WaitingSources waiting;
    private final StepQueue queue;
    private final List<Compacted> compacted;
    private final List<String> superseded = new ArrayList<>();
    private final List<RemovedFile> removedBefore = new ArrayList<>();
    private final List<RefusedBatch> refused = new ArrayList<>();
    private MergeTotals merges = MergeTotals.NONE;
    private boolean retracted;
    private long rowsRead;
    private long rowsKnown;
    private long rowsCompared;

    /**
     * @param waiting parts of the dataset that wait in the base
     * @param queue steps that wait in the base
     * @param compacted files of it that take the place of others, before any step
     */
    DatasetIntake(
            IntakeContext context,
            DatasetFiles files,
            List<WaitingPart> waiting,
            StepQueue queue,
            List<Compacted> compacted) {
        this.store = context.store();
        this.files = files;
        this.comparison = context.comparison();
        this.staging = context.staging();
        this.budget = context.budget();
        this.queue = queue;
        this.reducedCopy = new ReducedCopy(staging);
        this.merging = new DatasetMerge(context, files.datasetId());
        this.sideFiles = new SideFiles(files);
        this.waiting = new WaitingSources(waiting);
        this.compacted = compacted;
    }

    /**
     * One that goes on from what was carried out beside the publishing.
     *
     * @param queue what is left of it
     */
    static DatasetIntake after(
            Intake before, IntakeContext context, DatasetFiles files, StepQueue queue) {
        var intake = new DatasetIntake(context, files, before.waiting(), queue, List.of());
        intake.takeOver(before);
        return intake;
    }

    private void takeOver(Intake before) {
        for (RemovedFile removed : before.removed()) {
            files.remove(removed.file().key());
            removedBefore.add(removed);
        }
        before.added().forEach(this::addBuilt);
        superseded.addAll(before.superseded());
        refused.addAll(before.refused());
        merges = before.merges();
        rowsRead = before.rowsRead();
        rowsKnown = before.rowsKnown();
        rowsCompared = before.rowsCompared();
        retracted = before.retracted();
    }

    /**
     * Takes the steps in the order in which they take effect.
     *
     * @param overdueSince sources expire that have not had a part since then
     */
    Intake take(List<Step> steps, Instant overdueSince) throws IOException {
        compacted.forEach(this::move);
        for (Step step : Step.joined(steps)) {
            retracted = false;
            switch (step) {
                case Step.Merge merge when merge.isRetraction() -> retract();
                case Step behind when !queue.isEmpty() -> queue.add(behind);
                case Step.Add add -> add(add.file());
                case Step.Merge merge when isTooLong(merge) -> queue.add(merge);
                case Step.Merge merge -> merge(merge);
            }
        }
        // A queued step may complete a source.
        List<RefusedBatch> expired = queue.isEmpty() ? waiting.expire(overdueSince) : List.of();
        refused.addAll(expired);
        superseded.addAll(waiting.dropped());
        merges = merges.plus(MergeTotals.ofRefusals(0, expired.size()));
        List<Compacted> moves = compacted.stream().filter(this::isWhole).toList();
        return new Intake(
                files.datasetId(),
                moves,
                without(
                        files.added(),
                        moves.stream().flatMap(move -> move.added().stream()).toList()),
                removed(moves),
                List.copyOf(superseded),
                rowsRead,
                rowsKnown,
                rowsCompared,
                merges,
                List.copyOf(refused),
                waiting.parts(),
                queue.toQueue().orElse(null),
                retracted);
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
        UrlFile file = LandingReader.open(landing, store);
        LiveFile whole = LandingReader.read(landing, file, UrlProfile.current());
        rowsRead += landing.rows();
        NavigableSet<String> held =
                landing.strategy() == Strategy.INSERT
                        ? sideFiles.heldOf(whole.counts())
                        : new TreeSet<>();
        if (held.isEmpty()) {
            adopt(whole);
        } else {
            insert(whole, file, held);
        }
    }

    private void insert(LiveFile whole, UrlFile file, NavigableSet<String> held)
            throws IOException {
        var found = comparison.compare(file, held, sideFiles.mayHold(held));
        long known = found.known().cardinality();
        rowsCompared += found.rowsRead();
        rowsKnown += known;
        if (known == 0) {
            adopt(whole);
            return;
        }
        superseded.add(whole.key());
        if (known < file.rows()) {
            adopt(reducedCopy.write(files.datasetId(), file, held, found.known()));
        }
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
        refused.addAll(waiting.retract());
        merges = merges.plus(MergeTotals.ofRetraction(rows, keys.size()));
        retracted = true;
    }

    /** A step that is not carried out, because its outcome would go at once. */
    private void drop(Step step) {
        switch (step) {
            case Step.Add add -> superseded.add(add.file().key());
            case Step.Merge merge when merge.merge().effect().part() == null ->
                    supersedeSources(merge.merge());
            case Step.Merge part -> waiting.add(partOf(part)).ifPresent(this::supersedeSources);
        }
    }

    private void supersedeSources(LoggedMerge merge) {
        merge.sources().forEach(source -> superseded.add(source.key()));
    }

    private void carryOut(LoggedMerge merge, @Nullable String batchId) throws IOException {
        for (LandingFile source : merge.sources()) {
            LandingReader.read(source, LandingReader.open(source, store), UrlProfile.current());
        }
        supersedeSources(merge);
        Effect effect = merge.effect();
        if (merge.rows() == 0) {
            if (effect.strategy() == Strategy.FULL_MERGE) {
                refuse(
                        effect,
                        batchId,
                        "no URL of it was taken, so that it would delete all; to do that, retract the dataset");
            }
            return;
        }
        try {
            take(merging.run(target(), merge.sources(), effect));
        } catch (MergeRefusedException e) {
            if (effect.canBeJoined() && merge.sources().size() > 1) {
                carryOutOneByOne(merge);
            } else {
                refuse(effect, batchId, String.valueOf(e.getMessage()));
            }
        }
    }

    /** One of several batches that were joined is at fault, and the others are not. */
    private void carryOutOneByOne(LoggedMerge merge) throws IOException {
        for (LandingFile source : merge.sources()) {
            try {
                take(merging.run(target(), List.of(source), merge.effect()));
            } catch (MergeRefusedException e) {
                refuse(merge.effect(), null, String.valueOf(e.getMessage()));
            }
        }
    }

    private void take(DatasetMerge.Merged merged) {
        merged.outcome().removed().forEach(file -> remove(file.key()));
        merged.added().forEach(this::adopt);
        merges = merges.plus(MergeTotals.of(merged.plan(), merged.outcome(), merged.time()));
    }

    private void refuse(Effect effect, @Nullable String batchId, String reason) {
        refused.add(new RefusedBatch(effect.strategy(), batchId, reason));
        merges = merges.plus(MergeTotals.ofRefusals(1, 0));
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
        if (!staging.discard(key)) {
            superseded.add(key);
        }
    }
}
