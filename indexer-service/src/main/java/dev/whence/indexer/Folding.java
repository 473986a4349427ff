package dev.whence.indexer;

import dev.whence.catalog.Block;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.SegmentRef;
import dev.whence.index.GenerationWriter;
import dev.whence.index.SegmentWriter;
import dev.whence.index.TieredStack.Fold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folds adjacent blocks of a stack into one that says the same. A fold looks at blocks of the base
 * only, and not at what the publish adds, so that it could as well run beside it.
 */
final class Folding {
    private final BlockCache cache;
    private final Workspace workspace;
    private final List<Block> folded = new ArrayList<>();

    Folding(BlockCache cache, Workspace workspace) {
        this.cache = cache;
        this.workspace = workspace;
    }

    /** The stack with the planned blocks folded into one. */
    List<GenerationRef> generations(List<GenerationRef> stack, Optional<Fold> plan)
            throws IOException {
        if (plan.isEmpty()) {
            return stack;
        }
        List<GenerationRef> old = stack.subList(plan.get().from(), plan.get().to());
        Path directory = workspace.newDirectory();
        Block block =
                workspace.addBlock(
                        directory,
                        GenerationWriter.merge(
                                directory, fetch(old.stream().map(GenerationRef::block).toList())));
        int domains = old.stream().mapToInt(GenerationRef::domains).sum();
        return replace(
                stack,
                plan.get(),
                new GenerationRef(block, old.getFirst().firstOrdinal(), domains));
    }

    /** The stack with the planned blocks folded into one. */
    List<SegmentRef> segments(List<SegmentRef> stack, Optional<Fold> plan) throws IOException {
        if (plan.isEmpty()) {
            return stack;
        }
        List<SegmentRef> old = stack.subList(plan.get().from(), plan.get().to());
        Path directory = workspace.newDirectory();
        Block block =
                workspace.addBlock(
                        directory,
                        SegmentWriter.merge(
                                directory,
                                fetch(old.stream().map(SegmentRef::block).toList()),
                                plan.get().from() == 0));
        return replace(
                stack,
                plan.get(),
                new SegmentRef(block, old.getFirst().fromVersion(), old.getLast().toVersion()));
    }

    /** The keys of the blocks whose place others took. */
    List<String> foldedKeys() {
        return folded.stream().flatMap(block -> block.keys().stream()).toList();
    }

    private List<Path> fetch(List<Block> blocks) throws IOException {
        var directories = new ArrayList<Path>();
        for (Block block : blocks) {
            directories.add(cache.fetch(block));
            folded.add(block);
        }
        return directories;
    }

    private static <T> List<T> replace(List<T> stack, Fold fold, T one) {
        var replaced = new ArrayList<T>(stack.subList(0, fold.from()));
        replaced.add(one);
        replaced.addAll(stack.subList(fold.to(), stack.size()));
        return replaced;
    }
}
