package dev.whence.merge.run;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.FileStyle;
import dev.whence.merge.MergeCounts;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.MergeRequest;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.MergeStrategy;
import dev.whence.merge.Progress;
import dev.whence.merge.RewriteMode;
import dev.whence.merge.Staging;
import dev.whence.merge.UnreadableFileException;
import dev.whence.merge.plan.Choice;
import dev.whence.merge.plan.FilePlan;
import dev.whence.merge.plan.Planned;
import dev.whence.merge.plan.Planner;
import dev.whence.merge.rewrite.KeptStyle;
import dev.whence.merge.rewrite.Rewriter;
import dev.whence.store.CountingObjectStore;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;

/**
 * Merges a source into a target, both any Parquet datasets: a plan first, which writes nothing, and
 * then its execution, which writes new files beside the old ones. docs/merge.md explains how. A
 * merge holds in memory about {@link MergeSettings#memoryBytes} for each thread and once for
 * footers, the largest column chunk of the target or row group of the source that it meets, as they
 * are stored, and some 24 bytes for each changed row of the row group in hand; what else it needs
 * is on scratch disk. Thread-safe.
 */
public final class ParquetMerge {
    private final Path scratch;
    private final MergeSettings settings;
    private final FileStyle style;

    /**
     * Merges that write new files as the target's are written.
     *
     * @param scratch a local directory for the source's rows and files in the making
     */
    public ParquetMerge(Path scratch, MergeSettings settings) {
        this(scratch, settings, new KeptStyle());
    }

    /**
     * Merges that write new files in a way of their own.
     *
     * @param scratch a local directory for the source's rows and files in the making
     */
    public ParquetMerge(Path scratch, MergeSettings settings, FileStyle style) {
        this.scratch = scratch;
        this.settings = settings;
        this.style = style;
    }

    /**
     * Decides what to do; writes nothing.
     *
     * @throws MergeRefusedException if the source does not fit the target
     * @throws UnreadableFileException if a file cannot be read
     */
    public MergePlan plan(Dataset target, Dataset source, MergeRequest request, Progress progress)
            throws IOException {
        var targetReads = new CountingObjectStore(target.store());
        var sourceReads = new CountingObjectStore(source.store());
        Arena arena = Arena.ofShared();
        boolean planned = false;
        try {
            Planned plan =
                    new Planner(request, settings, scratch, arena, progress)
                            .plan(
                                    new Dataset(targetReads, target.files()),
                                    new Dataset(sourceReads, source.files()));
            Choice choice = Choice.of(plan, request, settings.fullFrom());
            planned = true;
            return new MergePlan(request, plan, choice, targetReads, sourceReads, arena);
        } finally {
            if (!planned) {
                arena.close();
            }
        }
    }

    /**
     * Writes the new files. The caller commits what comes back, or leaves it to be swept.
     *
     * @param plan open; it can be carried out again, say against another staging
     */
    public MergeOutcome execute(MergePlan plan, Staging staging, Progress progress)
            throws IOException {
        Planned complete =
                new Planner(plan.request(), settings, scratch, plan.arena(), progress)
                        .complete(plan.planned());
        boolean full = plan.mode() == RewriteMode.FULL;
        MergeStrategy strategy = plan.request().strategy();
        var rewriter =
                new Rewriter(complete, strategy, style, full, settings, staging, scratch, progress);
        List<FileOutcome> files = rewriter.run();
        long written =
                files.stream()
                        .filter(file -> file.fate() != Fate.PRESERVED)
                        .flatMap(file -> file.after().stream())
                        .mapToLong(DataFile::bytes)
                        .sum();
        return new MergeOutcome(
                counts(complete, strategy, files),
                files,
                plan.bytesRead(),
                written,
                rewriter.copiedBytes());
    }

    private static MergeCounts counts(
            Planned plan, MergeStrategy strategy, List<FileOutcome> files) {
        long before = plan.files().stream().mapToLong(FilePlan::rows).sum();
        long after = files.stream().mapToLong(FileOutcome::rows).sum();
        long inserted =
                files.stream()
                        .filter(file -> file.fate() == Fate.INSERTED)
                        .mapToLong(FileOutcome::rows)
                        .sum();
        return new MergeCounts(
                plan.source().rows(),
                plan.source().duplicates(),
                inserted,
                strategy.replacesMatched() ? plan.matches().matchedKeys() : 0,
                before + inserted - after,
                before,
                after);
    }
}
