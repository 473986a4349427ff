package dev.whence.indexer;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.Instruction;
import dev.whence.catalog.Operations;
import dev.whence.catalog.Pin;
import dev.whence.catalog.Rollback;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.index.IndexFileException;
import dev.whence.lake.CorruptUrlFileException;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Does what somebody asked of the indexer. What cannot be done is refused, visibly, and holds up
 * nothing. Not thread-safe.
 */
final class Instructions {
    private final ObjectStore store;
    private final BlockCache cache;
    private final VersionChain versions;
    private final CommitLog log;

    Instructions(ObjectStore store, BlockCache cache, VersionChain versions, CommitLog log) {
        this.store = store;
        this.cache = cache;
        this.versions = versions;
        this.log = log;
    }

    /** Does what a plan's instruction asks for; nothing, if it has none. */
    Instructed carryOut(Plan plan, Base base, LakeStaging staging) throws IOException {
        Operations before = base.operations();
        if (plan.instruction().isEmpty()) {
            return new Instructed(before.carriedOn(), Map.of());
        }
        Instruction instruction = plan.instruction().get();
        try {
            return switch (instruction.kind()) {
                case ROLLBACK -> rollBack(instruction, plan, base, staging);
                case REPLAY -> replay(instruction, plan, base, staging);
                case PIN -> pin(instruction, base);
                case UNPIN -> unpin(instruction, base);
            };
        } catch (RefusedException e) {
            return refused(instruction, before, staging, String.valueOf(e.getMessage()));
        } catch (ObjectNotFoundException | CorruptUrlFileException | IndexFileException e) {
            return refused(
                    instruction, before, staging, "what it needs is gone: " + e.getMessage());
        }
    }

    /** An instruction that cannot be carried out. */
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private Instructed rollBack(Instruction instruction, Plan plan, Base base, LakeStaging staging)
            throws IOException, RefusedException {
        Version version = readable(instruction.version(), base);
        try (Base then = Base.open(version, cache)) {
            var rollback = new RollbackIntake(store, base, then, plan, staging);
            var intakes = new HashMap<Integer, Intake>();
            for (int datasetId : datasets(base, then)) {
                if (instruction.concerns(datasetId)) {
                    intakes.put(datasetId, rollback.of(datasetId));
                }
            }
            if (intakes.isEmpty()) {
                throw new RefusedException(
                        "neither version %d nor the newest has the dataset"
                                .formatted(version.number()));
            }
            var rollbacks = new ArrayList<>(base.operations().rollbacks());
            rollbacks.add(
                    new Rollback(
                            plan.version(),
                            version.number(),
                            instruction.datasetId(),
                            LeftOut.between(then, base)));
            return new Instructed(done(instruction, base.operations().pins(), rollbacks), intakes);
        }
    }

    private Instructed replay(Instruction instruction, Plan plan, Base base, LakeStaging staging)
            throws IOException, RefusedException {
        Optional<Rollback> rollback =
                base.operations().rollbacks().stream()
                        .filter(one -> one.version() == instruction.version())
                        .findFirst();
        if (rollback.isEmpty()) {
            throw new RefusedException(
                    "version %d rolled nothing back that is not replayed"
                            .formatted(instruction.version()));
        }
        Map<Integer, List<Step>> steps = new LeftOut(log).steps(rollback.get());
        long count =
                steps.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(step -> step.queued().files())
                        .sum();
        if (count + base.queuedFiles() > Planner.MOST_QUEUED) {
            throw new RefusedException(
                    "%d files are more than the queues hold, %d"
                            .formatted(count, Planner.MOST_QUEUED));
        }
        var intakes = new HashMap<Integer, Intake>();
        var copies = new StepCopies(staging);
        for (var ofDataset : steps.entrySet()) {
            int datasetId = ofDataset.getKey();
            var queue = new StepQueue(datasetId, base.queue(datasetId), plan.version());
            for (Step step : ofDataset.getValue()) {
                queue.add(copies.of(step));
            }
            intakes.put(
                    datasetId,
                    new IntakeSum()
                            .toIntake(
                                    datasetId,
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    new WaitingSources(base.waitingParts(datasetId)),
                                    queue));
        }
        List<Rollback> others =
                base.operations().rollbacks().stream()
                        .filter(one -> one.version() != instruction.version())
                        .toList();
        return new Instructed(done(instruction, base.operations().pins(), others), intakes);
    }

    private Instructed pin(Instruction instruction, Base base)
            throws IOException, RefusedException {
        Version version = readable(instruction.version(), base);
        var pins = new ArrayList<>(base.operations().pins());
        if (pins.stream().noneMatch(pin -> pin.version() == version.number())) {
            pins.add(new Pin(version.number(), instruction.number()));
        }
        return new Instructed(done(instruction, pins, base.operations().rollbacks()), Map.of());
    }

    private static Instructed unpin(Instruction instruction, Base base) throws RefusedException {
        List<Pin> others =
                base.operations().pins().stream()
                        .filter(pin -> pin.version() != instruction.version())
                        .toList();
        if (others.size() == base.operations().pins().size()) {
            throw new RefusedException("version %d is not pinned".formatted(instruction.version()));
        }
        return new Instructed(done(instruction, others, base.operations().rollbacks()), Map.of());
    }

    private Version readable(long number, Base base) throws IOException, RefusedException {
        long oldest = base.version().map(Version::oldestRetained).orElse(1L);
        if (number < oldest || number > base.number()) {
            throw new RefusedException(
                    "version %d is not readable; versions %d to %d are"
                            .formatted(number, oldest, base.number()));
        }
        return versions.read(number)
                .orElseThrow(
                        () -> new RefusedException("there is no version %d".formatted(number)));
    }

    private static Set<Integer> datasets(Base base, Base then) {
        var ids = new TreeSet<Integer>(Integer::compareUnsigned);
        base.table().rows().stream().map(DatasetTable.Row::datasetId).forEach(ids::add);
        then.table().rows().stream().map(DatasetTable.Row::datasetId).forEach(ids::add);
        return ids;
    }

    private static Operations done(
            Instruction instruction, List<Pin> pins, List<Rollback> rollbacks) {
        return new Operations(instruction.number(), pins, rollbacks, instruction, null);
    }

    private static Instructed refused(
            Instruction instruction,
            Operations before,
            LakeStaging staging,
            @Nullable String reason) {
        staging.uploads().drop();
        return new Instructed(
                new Operations(
                        instruction.number(),
                        before.pins(),
                        before.rollbacks(),
                        instruction,
                        reason),
                Map.of());
    }
}
