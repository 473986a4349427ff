package dev.whence.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.merge.run.MergePlan;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Merges, and holds everything that comes back against the model. */
final class MergeJudge {
    private final Path scratch;
    private final MergeSettings settings;

    MergeJudge(Path scratch, MergeSettings settings) {
        this.scratch = scratch;
        this.settings = settings;
    }

    /**
     * Merges in one mode and checks rows, counts and fates.
     *
     * @return what came back
     * @throws MergeRefusedException if the merge was refused; then nothing was staged
     */
    MergeOutcome judge(
            Dataset target, Dataset source, MergeRequest request, List<String> partitionColumns)
            throws IOException {
        Map<DataFile, List<Map<String, Object>>> rows = new LinkedHashMap<>();
        for (DataFile file : target.files()) {
            rows.put(file, PlainRows.of(target, file));
        }
        MergeModel model =
                MergeModel.merge(
                        request,
                        partitionColumns,
                        rows.values().stream().flatMap(List::stream).toList(),
                        PlainRows.of(source));
        Map<String, byte[]> before = objects(target);
        Staged staged = new Staged(target.store());
        MergeOutcome outcome;
        try (MergePlan plan =
                new ParquetMerge(scratch, settings).plan(target, source, request, Progress.NONE)) {
            assertThat(staged.files).as("staged by planning").isEmpty();
            assertClaims(plan, request, model, rows);
            outcome = new ParquetMerge(scratch, settings).execute(plan, staged, Progress.NONE);
        } catch (MergeRefusedException e) {
            assertThat(staged.files).as("staged by a merge that was refused").isEmpty();
            throw e;
        }
        assertThat(objects(target)).as("the target's objects").containsExactlyEntriesOf(before);
        assertFates(target, outcome, staged);
        assertThat(PlainRows.differences(model.rows, PlainRows.of(after(target, outcome))))
                .as("rows lost, and rows too many")
                .isEmpty();
        assertThat(outcome.counts()).isEqualTo(model.counts);
        if (request.rewriteMode() == RewriteMode.INCREMENTAL) {
            assertTouchesOnlyMatchedFiles(model, rows, outcome);
        }
        assertThat(scratch).as("scratch files left behind").isEmptyDirectory();
        return outcome;
    }

    /** The dataset that a commit of the outcome makes. */
    static Dataset after(Dataset target, MergeOutcome outcome) {
        List<DataFile> live = new ArrayList<>();
        outcome.files().forEach(file -> file.after().ifPresent(live::add));
        return new Dataset(target.store(), live);
    }

    private static void assertFates(Dataset target, MergeOutcome outcome, Staged staged)
            throws IOException {
        List<DataFile> before = new ArrayList<>();
        List<DataFile> fresh = new ArrayList<>();
        for (FileOutcome file : outcome.files()) {
            file.before().ifPresent(before::add);
            switch (file.fate()) {
                case PRESERVED -> assertThat(file.after()).isEqualTo(file.before());
                case REWRITTEN -> {
                    assertThat(file.before()).isPresent();
                    fresh.add(file.after().orElseThrow());
                    assertThat(file.after().orElseThrow().partition())
                            .isEqualTo(file.before().orElseThrow().partition());
                }
                case INSERTED -> {
                    assertThat(file.before()).isEmpty();
                    fresh.add(file.after().orElseThrow());
                }
                case REMOVED -> assertThat(file.after()).isEmpty();
            }
            long rows =
                    file.after().isPresent()
                            ? PlainRows.of(target, file.after().orElseThrow()).size()
                            : 0;
            assertThat(file.rows()).as("rows of %s", file).isEqualTo(rows);
        }
        assertThat(before)
                .as("files with a fate")
                .containsExactlyInAnyOrderElementsOf(target.files());
        assertThat(fresh).as("new files").containsExactlyInAnyOrderElementsOf(staged.files);
    }

    /** Whatever was not looked at, a merge looks before it rewrites. */
    private static void assertTouchesOnlyMatchedFiles(
            MergeModel model, Map<DataFile, List<Map<String, Object>>> rows, MergeOutcome outcome) {
        for (FileOutcome file : outcome.files()) {
            if (file.before().isPresent() && file.fate() != Fate.PRESERVED) {
                assertThat(model.matchedRows(rows.get(file.before().orElseThrow())))
                        .as("matched rows of %s", file)
                        .isPositive();
            }
        }
    }

    /** What a plan says before anything is done. */
    private void assertClaims(
            MergePlan plan,
            MergeRequest request,
            MergeModel model,
            Map<DataFile, List<Map<String, Object>>> rows) {
        PlanSummary summary = plan.summary();
        assertThat(plan.mode()).isNotEqualTo(RewriteMode.AUTO);
        if (request.rewriteMode() != RewriteMode.AUTO && !request.strategy().onlyAdds()) {
            assertThat(plan.mode()).isEqualTo(request.rewriteMode());
        }
        assertThat(summary.sourceRows()).isEqualTo(model.counts.sourceRows());
        assertThat(summary.sourceDuplicates()).isEqualTo(model.counts.sourceDuplicates());
        assertThat(summary.files()).hasSameSizeAs(rows.keySet());
        boolean keysRead = settings.pruning() == MergeSettings.Pruning.KEYS && summary.complete();
        int matchedRows = 0;
        int number = 0;
        for (var file : rows.entrySet()) {
            PlanSummary.File claimed = summary.files().get(number++);
            int matched = model.matchedRows(file.getValue());
            matchedRows += matched;
            assertThat(claimed.key()).isEqualTo(file.getKey().key());
            assertThat(claimed.rows()).as("rows of %s", claimed).isEqualTo(file.getValue().size());
            if (!request.strategy().onlyAdds()) {
                assertThat(claimed.affected() || matched == 0)
                        .as("%s, with %d matched rows", claimed, matched)
                        .isTrue();
                assertThat(!keysRead || claimed.affected() == matched > 0)
                        .as("%s, with %d matched rows", claimed, matched)
                        .isTrue();
            }
        }
        if (summary.complete()) {
            assertThat(summary.matchedKeys()).isEqualTo(model.matched.size());
            assertThat(summary.matchedRows()).isEqualTo(matchedRows);
        }
    }

    private static Map<String, byte[]> objects(Dataset target) throws IOException {
        Map<String, byte[]> objects = new HashMap<>();
        for (DataFile file : target.files()) {
            objects.put(file.key(), target.store().get(file.key()));
        }
        return objects;
    }

    /** Puts files beside the target's. */
    static final class Staged implements Staging {
        private final ObjectStore store;
        final List<DataFile> files = Collections.synchronizedList(new ArrayList<>());

        Staged(ObjectStore store) {
            this.store = store;
        }

        @Override
        public synchronized DataFile put(Partition partition, Path file, long bytes)
                throws IOException {
            assertThat(Files.size(file)).isEqualTo(bytes);
            String key = "staged/%s-%04d".formatted(System.identityHashCode(this), files.size());
            store.put(key, ObjectBody.of(Files.readAllBytes(file)));
            DataFile staged = new DataFile(key, bytes, partition);
            files.add(staged);
            return staged;
        }
    }
}
