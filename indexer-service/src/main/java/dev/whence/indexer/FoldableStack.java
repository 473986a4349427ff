package dev.whence.indexer;

import dev.whence.catalog.Block;
import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.IndexStack;
import dev.whence.catalog.SegmentRef;
import dev.whence.catalog.StackRef;
import dev.whence.index.BlockFile;
import dev.whence.index.FoldCheck;
import dev.whence.index.FoldProgress;
import dev.whence.index.GenerationWriter;
import dev.whence.index.SegmentWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One of the index's two stacks, and how adjacent blocks of it are folded into one. */
interface FoldableStack<R extends StackRef> {

    IndexStack which();

    /** The stack in a version, oldest first. */
    List<R> of(Base base);

    /**
     * Folds blocks into one that says the same.
     *
     * @param old as the version names them
     * @param blocks where they lie
     */
    List<BlockFile> fold(Path directory, List<R> old, List<Path> blocks, FoldProgress progress)
            throws IOException;

    /** What is wrong with a fold; empty if nothing is. */
    Optional<String> problem(Path folded, List<Path> blocks) throws IOException;

    /** How a version names the fold. */
    R ref(Block folded, List<R> old);

    /**
     * The dictionary's stack.
     *
     * @param random chooses what is looked up in a fold
     */
    record Generations(RandomGenerator random) implements FoldableStack<GenerationRef> {
        private static final int SAMPLES = 10_000;

        @Override
        public IndexStack which() {
            return IndexStack.GENERATIONS;
        }

        @Override
        public List<GenerationRef> of(Base base) {
            return base.generations();
        }

        @Override
        public List<BlockFile> fold(
                Path directory, List<GenerationRef> old, List<Path> blocks, FoldProgress progress)
                throws IOException {
            return GenerationWriter.fold(directory, blocks, progress);
        }

        @Override
        public Optional<String> problem(Path folded, List<Path> blocks) throws IOException {
            return FoldCheck.ofGenerations(folded, blocks, SAMPLES, random);
        }

        @Override
        public GenerationRef ref(Block folded, List<GenerationRef> old) {
            int domains = old.stream().mapToInt(GenerationRef::domains).sum();
            return new GenerationRef(folded, old.getFirst().firstOrdinal(), domains);
        }
    }

    /** The stack of changes. */
    record Segments() implements FoldableStack<SegmentRef> {

        @Override
        public IndexStack which() {
            return IndexStack.SEGMENTS;
        }

        @Override
        public List<SegmentRef> of(Base base) {
            return base.segments();
        }

        /** Nothing ever comes to lie below the segment that covers the first version. */
        @Override
        public List<BlockFile> fold(
                Path directory, List<SegmentRef> old, List<Path> blocks, FoldProgress progress)
                throws IOException {
            boolean bottom = old.getFirst().fromVersion() == 1;
            return SegmentWriter.fold(directory, blocks, bottom, progress);
        }

        @Override
        public Optional<String> problem(Path folded, List<Path> blocks) throws IOException {
            return FoldCheck.ofSegments(folded, blocks);
        }

        @Override
        public SegmentRef ref(Block folded, List<SegmentRef> old) {
            return new SegmentRef(folded, old.getFirst().fromVersion(), old.getLast().toVersion());
        }
    }
}
