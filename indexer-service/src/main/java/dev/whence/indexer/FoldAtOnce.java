package dev.whence.indexer;

import dev.whence.catalog.Block;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.StackRef;
import dev.whence.index.FoldProgress;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Folds blocks within a publish: only where a stack has become so high that it must not grow, as
 * what folds beside the publishing fails or does not keep up.
 */
final class FoldAtOnce {
    private static final System.Logger LOG = System.getLogger(FoldAtOnce.class.getName());

    private final BlockCache cache;
    private final Workspace workspace;
    private final Base base;
    private final List<String> oldKeys = new ArrayList<>();
    private int folds;

    FoldAtOnce(BlockCache cache, Workspace workspace, Base base) {
        this.cache = cache;
        this.workspace = workspace;
        this.base = base;
    }

    /** The stack, lower if it was too high. */
    <R extends StackRef> List<R> lower(List<R> blocks, StackFolds<R> beside) throws IOException {
        Optional<List<R>> due = beside.atOnce(blocks, base);
        if (due.isEmpty()) {
            return blocks;
        }
        FoldableStack<R> stack = beside.stack();
        List<R> old = due.get();
        LOG.log(
                Level.WARNING,
                "There are {0} {1}: {2} of them are folded within the publish",
                blocks.size(),
                stack.which().text(),
                old.size());
        var directories = new ArrayList<Path>();
        for (R ref : old) {
            directories.add(cache.fetch(ref.block()));
        }
        Path directory = workspace.newDirectory();
        Block block =
                workspace.addBlock(
                        directory, stack.fold(directory, old, directories, FoldProgress.NONE));
        var folded = new Folded<>(stack, old, stack.ref(block, old));
        oldKeys.addAll(folded.oldKeys());
        folds++;
        return folded.takeInto(blocks);
    }

    /** How many folds there were. */
    int folds() {
        return folds;
    }

    /** Keys of the blocks whose place others took. */
    List<String> oldKeys() {
        return oldKeys;
    }
}
