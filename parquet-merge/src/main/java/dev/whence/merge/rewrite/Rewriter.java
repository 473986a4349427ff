package dev.whence.merge.rewrite;

import dev.whence.merge.DataFile;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.FileStyle;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.MergeStrategy;
import dev.whence.merge.Progress;
import dev.whence.merge.Progress.Phase;
import dev.whence.merge.Staging;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SideBySide;
import dev.whence.merge.plan.FilePlan;
import dev.whence.merge.plan.Planned;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Carries a plan out: rewrites what is affected, adds what is new. Used once. */
public final class Rewriter {
    /** While one file is written another one is on its way to the store, which waits for disks. */
    private static final int STAGED_FOR_EACH = 2;

    private final Planned plan;
    private final MergeStrategy strategy;
    private final FileStyle style;
    private final boolean full;
    private final MergeSettings settings;
    private final Staging staging;
    private final ScratchNames scratch;
    private final Progress progress;
    private final PageLevels levels = new PageLevels();
    private final Semaphore writing;
    private final LongAdder copiedBytes = new LongAdder();

    /**
     * @param plan complete
     * @param full whether every file is written anew
     * @param scratch a local directory for files in the making
     */
    public Rewriter(
            Planned plan,
            MergeStrategy strategy,
            FileStyle style,
            boolean full,
            MergeSettings settings,
            Staging staging,
            Path scratch,
            Progress progress)
            throws IOException {
        this.plan = plan;
        this.strategy = strategy;
        this.style = style;
        this.full = full;
        this.settings = settings;
        this.writing = new Semaphore(settings.threads());
        this.staging = staging;
        this.scratch = new ScratchNames(scratch);
        this.progress = progress;
    }

    /** What became of each file of the target, in its order, and then of the new ones. */
    public List<FileOutcome> run() throws IOException {
        var done = new AtomicInteger();
        List<Callable<FileOutcome>> tasks = new ArrayList<>();
        for (FilePlan file : plan.files()) {
            tasks.add(() -> {
                FileOutcome outcome = rewrite(file);
                progress.at(Phase.REWRITE, done.incrementAndGet(), plan.files().size());
                return outcome;
            });
        }
        List<FileOutcome> outcomes =
                new ArrayList<>(SideBySide.run(STAGED_FOR_EACH * settings.threads(), tasks));
        int[] added = added();
        if (added.length > 0) {
            outcomes.addAll(inserts().write(added));
        }
        return outcomes;
    }

    /** Bytes of pages that were taken from old files as they were stored. */
    public long copiedBytes() {
        return copiedBytes.sum();
    }

    private Inserts inserts() throws IOException {
        return new Inserts(
                plan.table(),
                plan.source(),
                plan.footers(),
                plan.files().stream().map(FilePlan::file).findFirst(),
                style,
                settings,
                Inserts.FILE_BYTES,
                Map.of(),
                staging,
                scratch.directory(),
                progress);
    }

    private FileOutcome rewrite(FilePlan file) throws IOException {
        if (strategy.onlyAdds() || !(full || touches(file))) {
            return preserved(file);
        }
        if (strategy == MergeStrategy.FULL_MERGE && matches(file) == 0) {
            return removed(file);
        }
        Path path = scratch.next();
        try {
            FileRewrite.Result result = write(file, path);
            if (result.rows() == 0) {
                return removed(file);
            }
            if (!result.changed() && !full) {
                return preserved(file);
            }
            copiedBytes.add(result.copiedBytes());
            DataFile after = scratch.stage(staging, file.file().partition(), path, result.bytes());
            return new FileOutcome(
                    Fate.REWRITTEN, Optional.of(file.file()), Optional.of(after), result.rows());
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /** Only so many files are in memory at a time; others wait for the store meanwhile. */
    private FileRewrite.Result write(FilePlan file, Path path) throws IOException {
        try {
            writing.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before " + file.file().key());
        }
        try (ParquetInput input = plan.footers().open(file.file())) {
            return new FileRewrite(
                            plan.table(),
                            plan.source(),
                            new RowGroupSplice(strategy, plan),
                            style,
                            levels,
                            full,
                            file,
                            input)
                    .write(path);
        } finally {
            writing.release();
        }
    }

    private boolean touches(FilePlan file) {
        return matches(file) > 0 || strategy == MergeStrategy.FULL_MERGE;
    }

    private long matches(FilePlan file) {
        return IntStream.range(0, file.rowGroups().size())
                .mapToLong(group -> plan.matches().count(file.number(), group))
                .sum();
    }

    private static FileOutcome preserved(FilePlan file) {
        return new FileOutcome(
                Fate.PRESERVED, Optional.of(file.file()), Optional.of(file.file()), file.rows());
    }

    private static FileOutcome removed(FilePlan file) {
        return new FileOutcome(Fate.REMOVED, Optional.of(file.file()), Optional.empty(), 0);
    }

    /** The source rows that the target does not have. */
    private int[] added() {
        if (!strategy.addsUnmatched()) {
            return new int[0];
        }
        return IntStream.range(0, plan.source().rows())
                .filter(plan.source()::counts)
                .filter(row -> !plan.matches().isMatched(row))
                .toArray();
    }
}
