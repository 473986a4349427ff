package dev.whence.indexer;

import dev.whence.catalog.Effect;
import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.MergeOutcome;
import dev.whence.merge.MergeRequest;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.MergeSettings.Pruning;
import dev.whence.merge.MergeStrategy;
import dev.whence.merge.PlanSummary;
import dev.whence.merge.Progress;
import dev.whence.merge.RewriteMode;
import dev.whence.merge.SortOrder;
import dev.whence.merge.run.MergePlan;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges batches into one dataset of the lake, by its URLs. New files go where all files of a
 * version go, and nobody sees them before it. Not thread-safe.
 */
final class DatasetMerge {
    /** What makes a URL, in the order by which files are sorted: so most is pruned by domain. */
    private static final List<String> KEY_COLUMNS =
            List.of("domain", "host", "path_query", "scheme");

    /** One thread: datasets are merged side by side. */
    private static final MergeSettings SETTINGS =
            new MergeSettings(1, Pruning.KEYS, Duration.ofMinutes(10), 0.8, 128L << 20);

    private final ObjectStore store;
    private final LakeStaging staging;
    private final Progress progress;
    private final int datasetId;

    DatasetMerge(IntakeContext context, int datasetId) {
        this.store = context.store();
        this.staging = context.staging();
        this.progress = context.progress();
        this.datasetId = datasetId;
    }

    /**
     * A merge that was carried out, and that counts when its version is published.
     *
     * @param added the new files of its outcome, in their order
     */
    record Merged(PlanSummary plan, MergeOutcome outcome, List<LiveFile> added, Duration time) {}

    /**
     * Merges sources, of which the last row of a URL counts.
     *
     * @throws dev.whence.merge.MergeRefusedException if it cannot be done as it was asked for
     */
    Merged run(List<DataFile> target, List<DataFile> sources, Effect effect) throws IOException {
        long start = System.nanoTime();
        var merge = new ParquetMerge(staging.newDirectory(), SETTINGS, new LakeFileStyle());
        var prefix = new CommonPrefix(target.stream().map(DataFile::key).toList());
        PlanSummary summary;
        MergeOutcome outcome;
        try (MergePlan plan =
                merge.plan(
                        new Dataset(store, target),
                        new Dataset(store, sources),
                        request(effect),
                        progress)) {
            summary = plan.summary();
            outcome =
                    merge.execute(
                            plan,
                            (partition, file, bytes) ->
                                    DataFile.of(
                                            staging.put(datasetId, prefix.of(file, bytes), file),
                                            bytes),
                            progress);
        }
        var added = new ArrayList<LiveFile>();
        for (DataFile file : outcome.added()) {
            added.add(LiveFile.read(store, datasetId, file));
        }
        return new Merged(summary, outcome, added, Duration.ofNanos(System.nanoTime() - start));
    }

    private static MergeRequest request(Effect effect) {
        String order = effect.dedupOrderBy();
        return new MergeRequest(
                MergeStrategy.of(effect.strategy().text()),
                KEY_COLUMNS,
                RewriteMode.of(effect.rewriteMode().text()),
                order == null ? List.of() : List.of(SortOrder.of(order)));
    }
}
