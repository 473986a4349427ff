package dev.whence.indexer;

import dev.whence.catalog.DatasetQueue;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.QueuedStep;
import dev.whence.catalog.WaitingPart;
import dev.whence.index.LakeFile;
import dev.whence.lake.UrlFile;
import dev.whence.merge.DataFile;
import dev.whence.store.ObjectStore;
import dev.whence.url.DomainPrefix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes datasets hold what they held in an older version, their queues and waiting parts included,
 * but for rows that are taken down. Files that are live in both stay; those that come back are
 * copied under fresh names, because a name that was given up may be deleted at any time. Not
 * thread-safe.
 */
final class RollbackIntake {
    private final ObjectStore store;
    private final Base base;
    private final Base then;
    private final long version;
    private final TakenDownRows takenDown;
    private final LakeStaging staging;
    private final StepCopies copies;

    /**
     * @param then the version whose data comes back
     * @param plan of the version that is made
     */
    RollbackIntake(ObjectStore store, Base base, Base then, Plan plan, LakeStaging staging) {
        this.store = store;
        this.base = base;
        this.then = then;
        this.version = plan.version();
        this.takenDown = plan.rules().rows();
        this.staging = staging;
        this.copies = new StepCopies(staging);
    }

    Intake of(int datasetId) throws IOException {
        List<LakeFile> now = base.snapshot().files(datasetId);
        List<LakeFile> before = then.snapshot().files(datasetId);
        List<LiveFile> added = new ArrayList<>();
        for (LakeFile file : without(before, now)) {
            copy(file).ifPresent(added::add);
        }
        List<RemovedFile> removed = RemovedFile.read(store, base.snapshot(), without(now, before));
        var sum = new IntakeSum();
        sum.rolledBack(added, removed, then.row(datasetId).isEmpty());
        wouldHaveActed(datasetId).forEach(file -> sum.supersede(file.key()));
        return sum.toIntake(
                datasetId,
                List.of(),
                added,
                removed,
                new WaitingSources(waitingBefore(datasetId)),
                queueBefore(datasetId));
    }

    /** What comes back of a file: all but what is taken down. */
    private Optional<LiveFile> copy(LakeFile file) throws IOException {
        NavigableSet<String> domains =
                takenDown.between(
                        file.rowGroups().getFirst().firstDomain(),
                        file.rowGroups().getLast().lastDomain());
        if (!domains.isEmpty()) {
            UrlFile opened = UrlFile.open(store, file.key(), file.bytes());
            var found = takenDown.in(opened, domains);
            if (!found.isEmpty()) {
                return found.rows() == file.rows()
                        ? Optional.empty()
                        : Optional.of(
                                new ReducedCopy(staging)
                                        .write(
                                                file.datasetId(),
                                                DomainPrefix.ofKey(file.key()),
                                                opened,
                                                domains,
                                                found.places()));
            }
        }
        return Optional.of(wholeCopy(file));
    }

    private LiveFile wholeCopy(LakeFile file) throws IOException {
        var original = new ReadBack(store).of(file.key());
        String key = staging.copy(file.datasetId(), DomainPrefix.ofKey(file.key()), original);
        return LiveFile.read(store, file.datasetId(), DataFile.of(key, file.bytes()));
    }

    private List<WaitingPart> waitingBefore(int datasetId) throws IOException {
        var parts = new ArrayList<WaitingPart>();
        for (WaitingPart part : then.waitingParts(datasetId)) {
            parts.add(copies.of(part));
        }
        return parts;
    }

    private StepQueue queueBefore(int datasetId) throws IOException {
        var queue = new StepQueue(datasetId, Optional.empty(), version);
        for (QueuedStep step : then.queue(datasetId).map(DatasetQueue::steps).orElse(List.of())) {
            queue.add(copies.of(Step.of(step)));
        }
        return queue;
    }

    private Stream<LandingFile> wouldHaveActed(int datasetId) {
        return Stream.concat(
                base.queue(datasetId).stream()
                        .flatMap(queue -> queue.steps().stream())
                        .flatMap(step -> step.sources().stream()),
                base.waitingParts(datasetId).stream()
                        .flatMap(part -> part.merge().sources().stream()));
    }

    private static List<LakeFile> without(List<LakeFile> files, List<LakeFile> others) {
        Set<String> keys = others.stream().map(LakeFile::key).collect(Collectors.toSet());
        return files.stream().filter(file -> !keys.contains(file.key())).toList();
    }
}
