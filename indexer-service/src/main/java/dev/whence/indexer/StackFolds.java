package dev.whence.indexer;

import dev.whence.catalog.Block;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.BlockName;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.StackRef;
import dev.whence.index.BlockFile;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Folds one stack beside the publishing and never in its way: it reads the newest version that is
 * known, writes a block that nobody sees, and leaves it for the next publish. Publishes add blocks
 * on top meanwhile, and other threads fold blocks that no other has in hand. Thread-safe.
 */
final class StackFolds<R extends StackRef> {
    private static final System.Logger LOG = System.getLogger(StackFolds.class.getName());

    /** Folds of more are done one after the other, so that a thread is left for small ones. */
    private static final long LARGE_BYTES = 64 << 20;

    private final FoldableStack<R> stack;
    private final DueFold dueFold;
    private final int mostBlocks;
    private final ObjectStore store;
    private final BlockCache cache;
    private final FreshId ids;
    private final BooleanSupplier stopped;
    private final ReadyWork<Folded<R>> ready = new ReadyWork<>();
    private final Map<List<R>, WorkWatch> running = new HashMap<>();

    /**
     * @param mostBlocks with how many blocks a publish folds some itself
     * @param stopped whether running folds are to be given up
     */
    StackFolds(
            FoldableStack<R> stack,
            DueFold dueFold,
            int mostBlocks,
            ObjectStore store,
            BlockCache cache,
            FreshId ids,
            BooleanSupplier stopped) {
        this.stack = stack;
        this.dueFold = dueFold;
        this.mostBlocks = mostBlocks;
        this.store = store;
        this.cache = cache;
        this.ids = ids;
        this.stopped = stopped;
    }

    FoldableStack<R> stack() {
        return stack;
    }

    /** What is ready, for the thread that publishes. */
    ReadyWork<Folded<R>> ready() {
        return ready;
    }

    /** How much of the fold that is least far was gone through, 0 to 1; 1 if none runs. */
    synchronized double progress() {
        return running.values().stream().mapToDouble(WorkWatch::share).min().orElse(1);
    }

    /** Folds what is due in a version's stack; empty if nothing is that nobody has in hand. */
    Optional<FoldReport> runNext(Base base) throws IOException {
        Optional<Claim<R>> claim = claim(base);
        if (claim.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(fold(claim.get(), base.number()));
        } catch (StoppedException e) {
            LOG.log(Level.INFO, "A fold is {0}", e.getMessage());
            return Optional.empty();
        } finally {
            release(claim.get());
        }
    }

    /**
     * The blocks that the version after a base has to fold itself, because those that fold beside
     * it do not keep up. None is in the hands of another thread.
     *
     * @param blocks the base's, some of them folded already
     */
    synchronized Optional<List<R>> atOnce(List<R> blocks, Base base) {
        if (blocks.size() < mostBlocks) {
            return Optional.empty();
        }
        Set<R> free = new HashSet<>(stack.of(base));
        free.removeAll(inHand());
        return dueFold.any(blocks, free::contains);
    }

    private record Claim<R>(List<R> blocks, WorkWatch watch) {}

    private synchronized Optional<Claim<R>> claim(Base base) {
        Set<R> inHand = inHand();
        boolean large = running.keySet().stream().anyMatch(StackFolds::isLarge);
        Optional<List<R>> due =
                dueFold.due(
                        stack.of(base),
                        ref -> !inHand.contains(ref),
                        blocks -> !large || !isLarge(blocks));
        return due.map(blocks -> {
            var claim = new Claim<>(blocks, new WorkWatch(what(blocks, base.number()), stopped));
            running.put(blocks, claim.watch());
            return claim;
        });
    }

    private Set<R> inHand() {
        var inHand = new HashSet<R>();
        running.keySet().forEach(inHand::addAll);
        ready.items().forEach(folded -> inHand.addAll(folded.old()));
        return inHand;
    }

    private synchronized void release(Claim<R> claim) {
        running.remove(claim.blocks());
    }

    private FoldReport fold(Claim<R> claim, long base) throws IOException {
        long start = System.nanoTime();
        List<R> old = claim.blocks();
        var uploads = new Uploads(store);
        try (BlockCache.Hold hold = cache.hold()) {
            var blocks = new ArrayList<Path>();
            for (R ref : old) {
                blocks.add(hold.fetch(ref.block()));
            }
            Path directory = hold.newDirectory();
            List<BlockFile> files =
                    stack.fold(
                            directory,
                            old,
                            blocks,
                            (done, of) -> claim.watch().at("folding", done, of));
            requireNone(stack.problem(directory, blocks), old, base);
            claim.watch().requireGoingOn();
            Block block = uploads.put(newId(old, base), directory, files);
            requireNone(uploads.firstProblem(), old, base);
            claim.watch().requireGoingOn();
            hold.adopt(block, directory);
            ready.add(new Folded<>(stack, old, stack.ref(block, old)));
            return said(
                    new FoldReport(
                            stack.which(),
                            old.size(),
                            bytes(old),
                            block.bytes(),
                            Duration.ofNanos(System.nanoTime() - start)),
                    base);
        } catch (IOException | RuntimeException e) {
            uploads.drop();
            if (LocalDamage.mayBeBehind(e)) {
                dropDamaged(old, e);
            }
            throw e;
        }
    }

    private void dropDamaged(List<R> blocks, Exception failure) {
        try {
            cache.dropDamaged(blocks.stream().map(StackRef::block).toList());
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private String newId(List<R> old, long base) {
        return BlockName.foldedId(stack.which(), base, old.getFirst().start(), ids.next());
    }

    private void requireNone(Optional<String> problem, List<R> old, long base) throws IOException {
        if (problem.isPresent()) {
            throw new IOException(
                    what(old, base)
                            + " is not published, it is not what it was made of: "
                            + problem.get());
        }
    }

    private FoldReport said(FoldReport report, long base) {
        LOG.log(
                Level.INFO,
                "Folded {0} {1} of version {2}, {3} bytes into {4}, in {5} ms",
                report.blocks(),
                report.stack().text(),
                Long.toString(base),
                report.bytesRead(),
                report.bytesWritten(),
                report.time().toMillis());
        return report;
    }

    private String what(List<R> blocks, long base) {
        return "fold of %d %s of version %d, from %d on"
                .formatted(blocks.size(), stack.which().text(), base, blocks.getFirst().start());
    }

    private static boolean isLarge(List<? extends StackRef> blocks) {
        return bytes(blocks) > LARGE_BYTES;
    }

    private static long bytes(List<? extends StackRef> blocks) {
        return blocks.stream().mapToLong(ref -> ref.block().bytes()).sum();
    }
}
