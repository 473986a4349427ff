package dev.whence.merge.directory;

import dev.whence.merge.Dataset;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.MergeRequest;
import dev.whence.merge.MergeStrategy;
import dev.whence.merge.Progress;
import dev.whence.merge.Staging;
import dev.whence.merge.run.MergePlan;
import dev.whence.merge.run.ParquetMerge;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The change that a merge of a source is: plan, then execute.
 *
 * @param planned told of each plan before it is carried out: of several, if others were faster
 */
public record Merging(
        ParquetMerge merge,
        Dataset source,
        MergeRequest request,
        Progress progress,
        Consumer<MergePlan> planned)
        implements TableChange {

    @Override
    public String operation() {
        return request.strategy().text();
    }

    @Override
    public Reads reads() {
        // Any file that somebody adds may hold a key of the source.
        return request.strategy() == MergeStrategy.APPEND ? Reads.NOTHING : Reads.EVERYTHING;
    }

    @Override
    public MergeOutcome make(Dataset target, Staging staging) throws IOException {
        try (MergePlan plan = merge.plan(target, source, request, progress)) {
            planned.accept(plan);
            return merge.execute(plan, staging, progress);
        }
    }
}
