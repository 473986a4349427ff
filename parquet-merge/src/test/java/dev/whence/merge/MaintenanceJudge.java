package dev.whence.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.merge.maintain.Compaction;
import dev.whence.merge.maintain.CompactionPlan;
import dev.whence.merge.maintain.CompactionRules;
import dev.whence.merge.maintain.Deduplication;
import dev.whence.merge.maintain.DeduplicationPlan;
import dev.whence.merge.maintain.Repartition;
import dev.whence.merge.maintain.RepartitionPlan;
import dev.whence.merge.rewrite.KeptStyle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Maintains tables, and holds plans, rows, counts and fates against what a naive reader finds. */
final class MaintenanceJudge {
    private final Path scratch;
    private final MergeSettings settings;

    MaintenanceJudge(Path scratch, MergeSettings settings) {
        this.scratch = scratch;
        this.settings = settings;
    }

    MergeOutcome compact(Dataset target, CompactionRules rules) throws IOException {
        var compaction = new Compaction(scratch, settings, new KeptStyle(), rules);
        CompactionPlan plan = compaction.plan(target);
        Map<String, byte[]> before = objects(target);
        MergeOutcome outcome =
                compaction.execute(
                        target, plan, new MergeJudge.Staged(target.store()), Progress.NONE);
        Set<DataFile> taken = new HashSet<>(plan.files());
        for (FileOutcome file : outcome.files()) {
            if (file.before().isPresent() && !taken.contains(file.before().get())) {
                assertThat(file.fate()).isEqualTo(Fate.PRESERVED);
            }
        }
        assertOutcome(target, outcome, before, PlainRows.of(target), 0);
        return outcome;
    }

    MergeOutcome deduplicate(
            Dataset target, List<String> key, List<SortOrder> order, List<String> partitionColumns)
            throws IOException {
        var deduplication = new Deduplication(scratch, settings, new KeptStyle());
        DeduplicationPlan plan = deduplication.plan(target, key, order, Progress.NONE);
        Map<String, byte[]> before = objects(target);
        MergeOutcome outcome =
                deduplication.execute(
                        target, key, order, new MergeJudge.Staged(target.store()), Progress.NONE);
        // What the strategy of that name makes of an empty target.
        MergeModel model =
                MergeModel.merge(
                        new MergeRequest(MergeStrategy.DEDUPLICATE, key, RewriteMode.FULL, order),
                        partitionColumns,
                        List.of(),
                        PlainRows.of(target));
        long duplicates = model.counts.sourceDuplicates();
        assertOutcome(target, outcome, before, model.rows, duplicates);
        assertThat(plan.duplicates()).isEqualTo(duplicates);
        assertThat(plan.changesNothing()).isEqualTo(outcome.changesNothing());
        assertThat(plan.rows()).isEqualTo(outcome.counts().before());
        assertThat(plan.files()).hasSameSizeAs(target.files());
        for (int i = 0; i < plan.files().size(); i++) {
            DeduplicationPlan.File planned = plan.files().get(i);
            FileOutcome done = outcome.files().get(i);
            assertThat(planned.key()).isEqualTo(done.before().orElseThrow().key());
            assertThat(planned.rows() - planned.duplicates()).isEqualTo(done.rows());
            assertThat(planned.duplicates() == 0).isEqualTo(done.fate() == Fate.PRESERVED);
        }
        return outcome;
    }

    /**
     * Repartitions.
     *
     * @param expected the rows, with the columns of the new paths as text
     */
    MergeOutcome repartition(
            Dataset target, List<String> columns, List<Map<String, Object>> expected)
            throws IOException {
        var repartition = new Repartition(scratch, settings, new KeptStyle());
        RepartitionPlan plan = repartition.plan(target, columns, Progress.NONE);
        Map<String, byte[]> before = objects(target);
        MergeOutcome outcome =
                repartition.execute(
                        target, columns, new MergeJudge.Staged(target.store()), Progress.NONE);
        assertOutcome(target, outcome, before, expected, 0);
        if (!plan.changesNothing()) {
            Map<Partition, Long> rows = new HashMap<>();
            outcome.added().forEach(file -> rows.put(file.partition(), 0L));
            for (FileOutcome file : outcome.files()) {
                file.after()
                        .ifPresent(after -> rows.merge(after.partition(), file.rows(), Long::sum));
            }
            Map<Partition, Long> planned = new HashMap<>();
            plan.partitions().forEach(place -> planned.put(place.partition(), place.rows()));
            if (plan.rows() > 0) {
                assertThat(planned).isEqualTo(rows);
            }
        }
        assertThat(plan.rows()).isEqualTo(expected.size());
        return outcome;
    }

    private void assertOutcome(
            Dataset target,
            MergeOutcome outcome,
            Map<String, byte[]> before,
            List<Map<String, Object>> expected,
            long deleted)
            throws IOException {
        assertThat(objects(target)).as("the target's objects").containsExactlyEntriesOf(before);
        assertThat(PlainRows.differences(expected, PlainRows.of(MergeJudge.after(target, outcome))))
                .as("rows lost, and rows too many")
                .isEmpty();
        long after = expected.size();
        assertThat(outcome.counts())
                .isEqualTo(new MergeCounts(0, 0, 0, 0, deleted, after + deleted, after));
        List<DataFile> old = new ArrayList<>();
        for (FileOutcome file : outcome.files()) {
            file.before().ifPresent(old::add);
            int rows =
                    file.after().isPresent() ? PlainRows.of(target, file.after().get()).size() : 0;
            assertThat(file.rows()).as("rows of %s", file).isEqualTo(rows);
        }
        assertThat(old).containsExactlyInAnyOrderElementsOf(target.files());
        assertThat(scratch).as("scratch files left behind").isEmptyDirectory();
    }

    private static Map<String, byte[]> objects(Dataset target) throws IOException {
        Map<String, byte[]> objects = new HashMap<>();
        for (DataFile file : target.files()) {
            objects.put(file.key(), target.store().get(file.key()));
        }
        return objects;
    }
}
