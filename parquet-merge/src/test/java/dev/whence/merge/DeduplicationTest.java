package dev.whence.merge;

import static dev.whence.merge.SmallFiles.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.merge.maintain.Deduplication;
import dev.whence.merge.maintain.DeduplicationPlan;
import dev.whence.merge.rewrite.KeptStyle;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeduplicationTest {
    private static final String COLUMNS =
            "optional double k; optional int32 rank; optional binary text (STRING);";

    private final ObjectStore store = ObjectStores.memory();

    @TempDir Path scratch;

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void leavesTheFirstByTheOrderElseTheLast() throws IOException {
        Dataset target =
                new Dataset(
                        store,
                        List.of(
                                SmallFiles.write(
                                        store,
                                        "a",
                                        COLUMNS,
                                        row(1.0, 3, "a1"),
                                        row(null, 1, "anull"),
                                        row(Double.NaN, 1, "anan"),
                                        row(-0.0, 1, "azero")),
                                SmallFiles.write(store, "b", COLUMNS, row(2.0, 1, "b2")),
                                SmallFiles.write(
                                        store,
                                        "c",
                                        COLUMNS,
                                        row(1.0, 2, "c1"),
                                        row(null, null, "cnull"),
                                        row(Double.NaN, 1, "cnan"),
                                        row(0.0, 2, "czero"),
                                        row(1.0, 3, "c1again"))));
        assertThat(texts(target, List.of()))
                .containsExactlyInAnyOrder("b2", "cnull", "cnan", "czero", "c1again");
        assertThat(texts(target, List.of(new SortOrder("rank", false))))
                .containsExactlyInAnyOrder("c1", "cnull", "cnan", "azero", "b2");
        assertThat(texts(target, List.of(new SortOrder("rank", true))))
                .containsExactlyInAnyOrder("c1again", "anull", "cnan", "czero", "b2");
    }

    @Test
    void removesAFileOfWhichNothingIsLeftAndTouchesNoOther() throws IOException {
        DataFile doomed = SmallFiles.write(store, "a", COLUMNS, row(1.0, 1, "old"));
        DataFile other = SmallFiles.write(store, "b", COLUMNS, row(2.0, 1, "x"), row(3.0, 1, "y"));
        DataFile newer = SmallFiles.write(store, "c", COLUMNS, row(1.0, 1, "new"));
        MergeOutcome outcome =
                judge().deduplicate(
                                new Dataset(store, List.of(doomed, other, newer)),
                                List.of("k"),
                                List.of(),
                                List.of());
        assertThat(outcome.files())
                .extracting(FileOutcome::fate)
                .containsExactly(Fate.REMOVED, Fate.PRESERVED, Fate.PRESERVED);
        assertThat(outcome.bytesWritten()).isZero();
    }

    @Test
    void takesAKeyThatOnlyPathsHold() throws IOException {
        Dataset target =
                new Dataset(
                        store,
                        List.of(
                                place("a", "1", row(1.0, 1, "a"), row(2.0, 1, "b")),
                                place("b", "2", row(1.0, 1, "c")),
                                place("c", null, row(1.0, 1, "d")),
                                place("d", null, row(1.0, 1, "e"))));
        MergeOutcome outcome = judge().deduplicate(target, List.of("p"), List.of(), List.of("p"));
        assertThat(outcome.counts()).isEqualTo(new MergeCounts(0, 0, 0, 0, 2, 5, 3));
    }

    @Test
    void takesKeysOfFilesWithOtherColumns() throws IOException {
        Dataset target =
                new Dataset(
                        store,
                        List.of(
                                SmallFiles.write(store, "a", "required int32 k;", row(1), row(2)),
                                SmallFiles.write(
                                        store,
                                        "b",
                                        "required double v; required int64 k;",
                                        row(5.0, 2L),
                                        row(6.0, 3L))));
        MergeOutcome outcome = judge().deduplicate(target, List.of("k"), List.of(), List.of());
        assertThat(outcome.files())
                .extracting(FileOutcome::fate)
                .containsExactly(Fate.REWRITTEN, Fate.PRESERVED);
    }

    @Test
    void saysWhatWouldGo() throws IOException {
        Dataset target =
                new Dataset(
                        store,
                        List.of(
                                SmallFiles.write(
                                        store, "a", COLUMNS, row(1.0, 1, "x"), row(2.0, 1, "y")),
                                SmallFiles.write(store, "b", COLUMNS, row(2.0, 1, "z"))));
        long bytes = target.files().getFirst().bytes();
        DeduplicationPlan plan =
                new Deduplication(scratch, MergeSettings.DEFAULT, new KeptStyle())
                        .plan(target, List.of("k"), List.of(), Progress.NONE);
        assertThat(plan.toString())
                .isEqualTo(
                        """
                        one row of each k: of 3 rows 1 go, from 1 of 2 files, %,d bytes
                        affected a: 1 of 2 rows go
                        """
                                .formatted(bytes));
    }

    @Test
    void refusesWhatIsNoKey() throws IOException {
        DataFile file = SmallFiles.write(store, "a", COLUMNS, row(1.0, 1, "x"));
        requireRefused(file, List.of(), List.of(), "deduplicate needs at least one key column");
        requireRefused(file, List.of("k", "k"), List.of(), "key columns [k, k]: one stands twice");
        requireRefused(file, List.of("x"), List.of(), "file a has no primitive column x");
        requireRefused(
                file,
                List.of("k"),
                List.of(new SortOrder("ts", true)),
                "file a has no primitive column ts");
    }

    private void requireRefused(
            DataFile file, List<String> key, List<SortOrder> order, String problem) {
        var deduplication = new Deduplication(scratch, MergeSettings.DEFAULT, new KeptStyle());
        Dataset target = new Dataset(store, List.of(file));
        assertThatThrownBy(() -> deduplication.plan(target, key, order, Progress.NONE))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageStartingWith(problem);
        var staged = new MergeJudge.Staged(store);
        assertThatThrownBy(() -> deduplication.execute(target, key, order, staged, Progress.NONE))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageStartingWith(problem);
        assertThat(staged.files).isEmpty();
    }

    private List<Object> texts(Dataset target, List<SortOrder> order) throws IOException {
        MergeOutcome outcome = judge().deduplicate(target, List.of("k"), order, List.of());
        return PlainRows.of(MergeJudge.after(target, outcome)).stream()
                .map(row -> row.get("text"))
                .toList();
    }

    private MaintenanceJudge judge() {
        return new MaintenanceJudge(scratch, MergeSettings.DEFAULT);
    }

    @SafeVarargs
    private DataFile place(String name, String value, List<Object>... rows) throws IOException {
        return SmallFiles.write(
                store,
                name,
                new Partition(List.of(new Partition.Value("p", value))),
                COLUMNS,
                rows);
    }
}
