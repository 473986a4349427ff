package dev.whence.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        MergeModel model =
                MergeModel.merge(
                        request, partitionColumns, PlainRows.of(target), PlainRows.of(source));
        Map<String, byte[]> before = objects(target);
        Staged staged = new Staged(target.store());
        MergeOutcome outcome;
        try (MergePlan plan =
                new ParquetMerge(scratch, settings).plan(target, source, request, Progress.NONE)) {
            assertThat(staged.files).as("staged by planning").isEmpty();
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
        if (request.rewriteMode() == RewriteMode.INCREMENTAL
                && settings.pruning() == MergeSettings.Pruning.KEYS) {
            assertTouchesOnlyMatchedFiles(target, model, outcome);
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

    private static void assertTouchesOnlyMatchedFiles(
            Dataset target, MergeModel model, MergeOutcome outcome) throws IOException {
        for (FileOutcome file : outcome.files()) {
            if (file.before().isPresent()) {
                Set<List<Object>> keys = new HashSet<>();
                PlainRows.of(target, file.before().orElseThrow())
                        .forEach(row -> keys.add(model.key(row)));
                // a file that would come out as it is may be left alone, too
                assertThat(
                                file.fate() == Fate.PRESERVED
                                        || !Collections.disjoint(keys, model.matched))
                        .as("%s holds a matched key", file)
                        .isTrue();
            }
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
