package dev.whence.indexer;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.IndexStack;
import dev.whence.catalog.SegmentRef;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The folds of both stacks, beside the publishing. Thread-safe. */
final class Folds {
    private final StackFolds<GenerationRef> generations;
    private final StackFolds<SegmentRef> segments;
    private volatile boolean stopped;

    /**
     * @param random thread-safe
     */
    Folds(
            ObjectStore store,
            BlockCache cache,
            FreshId ids,
            IndexerSettings settings,
            RandomGenerator random) {
        var dueFold = new DueFold(settings.fanOut(), settings.mostLive());
        this.generations =
                new StackFolds<>(
                        new FoldableStack.Generations(random),
                        dueFold,
                        settings.mostBlocks(),
                        store,
                        cache,
                        ids,
                        () -> stopped);
        this.segments =
                new StackFolds<>(
                        new FoldableStack.Segments(),
                        dueFold,
                        settings.mostBlocks(),
                        store,
                        cache,
                        ids,
                        () -> stopped);
    }

    StackFolds<GenerationRef> generations() {
        return generations;
    }

    StackFolds<SegmentRef> segments() {
        return segments;
    }

    /** Running folds are given up soon, and none begins any more. */
    void stop() {
        stopped = true;
    }

    /** Folds what is due in one of the stacks, the higher one first; empty if nothing is. */
    Optional<FoldReport> runNext(Base base) throws IOException {
        if (stopped) {
            return Optional.empty();
        }
        if (base.generations().size() > base.segments().size()) {
            Optional<FoldReport> done = generations.runNext(base);
            return done.isPresent() ? done : segments.runNext(base);
        }
        Optional<FoldReport> done = segments.runNext(base);
        return done.isPresent() ? done : generations.runNext(base);
    }

    /** How far the fold of a stack is that is least far, 0 to 1; 1 if none runs. */
    double progress(IndexStack stack) {
        return switch (stack) {
            case GENERATIONS -> generations.progress();
            case SEGMENTS -> segments.progress();
        };
    }

    /** Those that the version after a base can take in. */
    ReadyFolds thatFit(Base base) {
        return new ReadyFolds(generations.ready().thatFit(base), segments.ready().thatFit(base));
    }

    /** All that wait. */
    ReadyFolds waiting() {
        return new ReadyFolds(generations.ready().items(), segments.ready().items());
    }

    void taken(ReadyFolds taken) {
        generations.ready().taken(taken.generations());
        segments.ready().taken(taken.segments());
    }

    /** An attempt to take them in failed. */
    void suspect(ReadyFolds suspects) {
        generations.ready().suspect(suspects.generations());
        segments.ready().suspect(suspects.segments());
    }

    /** An attempt without the suspects went well. */
    void dropSuspects() {
        generations.ready().dropSuspects();
        segments.ready().dropSuspects();
    }

    /** What became of folds since the start. */
    ReadyTotals totals() {
        return generations.ready().totals().plus(segments.ready().totals());
    }
}
