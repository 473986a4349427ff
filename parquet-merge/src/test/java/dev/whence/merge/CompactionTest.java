package dev.whence.merge;

import static dev.whence.merge.SmallFiles.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SortColumn;
import dev.whence.merge.maintain.CompactionRules;
import dev.whence.parquet.FooterOrder;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
    private static final CompactionRules ALL = CompactionRules.all(1 << 20, 1 << 30);
    private static final String SORTED = "required int64 k; optional int32 v;";

    private final ObjectStore store = ObjectStores.memory();

    @TempDir Path scratch;

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepsTheOrderThatTheFilesNote() throws IOException {
        FooterOrder.Column[] order = {
            new FooterOrder.Column(1, true, false), new FooterOrder.Column(0, false, true)
        };
        List<DataFile> files = new ArrayList<>();
        for (int file = 0; file < 5; file++) {
            List<List<Object>> rows = new ArrayList<>();
            Random random = new Random(file);
            for (int i = 0; i < 300; i++) {
                rows.add(
                        row(
                                random.nextLong(100),
                                random.nextInt(9) == 0 ? null : random.nextInt(4)));
            }
            rows.sort(
                    Comparator.<List<Object>, Integer>comparing(
                                    row -> (Integer) row.get(1),
                                    Comparator.nullsLast(Comparator.reverseOrder()))
                            .thenComparing(row -> (Long) row.get(0)));
            files.add(SmallFiles.note(store, write("f" + file, rows), order));
        }
        DataFile fresh = onlyFile(compact(files, ALL));
        try (ParquetInput input = ParquetInput.open(store, fresh)) {
            assertThat(input.rowGroups()).hasSize(1);
            assertThat(input.orders())
                    .containsExactly(
                            List.of(
                                    new SortColumn("v", true, false),
                                    new SortColumn("k", false, true)));
        }
        Comparator<Map<String, Object>> noted =
                Comparator.<Map<String, Object>, String>comparing(
                                row -> row.containsKey("v") ? row.get("v").toString() : "",
                                Comparator.reverseOrder())
                        .thenComparing(row -> (BigDecimal) row.get("k"));
        assertThat(PlainRows.of(new Dataset(store, List.of(fresh)))).isSortedAccordingTo(noted);
    }

    @Test
    void keepsWhatAllFootersSay() throws IOException {
        DataFile one = SmallFiles.write(store, "a", SORTED, row(1L, 1));
        DataFile other = SmallFiles.write(store, "b", SORTED, row(2L, 1));
        DataFile wider = SmallFiles.write(store, "c", "required int64 k; optional int64 v;");
        try (ParquetInput input =
                ParquetInput.open(store, onlyFile(compact(List.of(one, other), ALL)))) {
            assertThat(input.keyValues()).isEqualTo(Map.of("writer.model.name", "example"));
        }
        try (ParquetInput input =
                ParquetInput.open(store, onlyFile(compact(List.of(one, wider), ALL)))) {
            assertThat(input.keyValues()).as("which may speak of other columns").isEmpty();
        }
    }

    @Test
    void claimsNoOrderByAColumnThatAFileLacks() throws IOException {
        DataFile sorted =
                SmallFiles.note(
                        store,
                        SmallFiles.write(store, "a", SORTED, row(1L, 1), row(2L, 1)),
                        new FooterOrder.Column(0, false, true),
                        new FooterOrder.Column(1, false, true));
        DataFile older = SmallFiles.write(store, "b", "required int64 k;", row(2L), row(1L));
        try (ParquetInput input =
                ParquetInput.open(store, onlyFile(compact(List.of(sorted, older), ALL)))) {
            assertThat(input.orders()).containsExactly(List.of(new SortColumn("k", false, true)));
        }
    }

    @Test
    void putsFilesOfDifferentColumnsTogether() throws IOException {
        List<DataFile> files =
                List.of(
                        SmallFiles.write(
                                store,
                                "a",
                                "required int32 x; required int64 y; required double z;",
                                row(1, 2L, 3.0)),
                        SmallFiles.write(
                                store,
                                "b",
                                "required int32 y; required int64 x; required float w;",
                                row(5, 4L, 6f)),
                        SmallFiles.write(
                                store, "c", "optional int64 x; required int64 y;", row(null, 7L)));
        MergeOutcome outcome = compact(files, ALL);
        try (ParquetInput input = ParquetInput.open(store, onlyFile(outcome))) {
            assertThat(input.schema().toString().replaceAll("\\s+", " ").strip())
                    .isEqualTo(
                            "message m { optional int64 x; required int64 y; optional double z; optional float w; }");
        }
    }

    @Test
    void filesEndAtTheSizeThatTheyOughtToHave() throws IOException {
        long fileBytes = 16 << 10;
        List<DataFile> files = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 20; i++) {
            List<List<Object>> rows = new ArrayList<>();
            for (int j = 0; j < 500; j++) {
                rows.add(row(random.nextLong(), random.nextInt()));
            }
            files.add(write("f" + i, rows));
        }
        long before = files.stream().mapToLong(DataFile::bytes).sum();
        MergeOutcome outcome = compact(files, CompactionRules.all(fileBytes, 1 << 30));
        assertThat(outcome.added()).hasSizeLessThan(files.size());
        assertThat(outcome.added().subList(0, outcome.added().size() - 1))
                .allMatch(file -> file.bytes() >= fileBytes && file.bytes() <= 2 * fileBytes);
        assertThat(outcome.bytesRead()).isGreaterThanOrEqualTo(before / 2);
        Dataset after = MergeJudge.after(new Dataset(store, files), outcome);
        assertThat(compact(after.files(), CompactionRules.all(fileBytes, 1 << 30)).changesNothing())
                .as("what is compact stays")
                .isTrue();
    }

    @Test
    void leavesFilesWithoutRowsWhereTheyAreAllThatThereIs() throws IOException {
        List<DataFile> files =
                List.of(SmallFiles.write(store, "a", SORTED), SmallFiles.write(store, "b", SORTED));
        assertThat(compact(files, ALL).changesNothing()).isTrue();
        List<DataFile> more = new ArrayList<>(files);
        more.add(SmallFiles.write(store, "c", SORTED, row(1L, null)));
        assertThat(compact(more, ALL).removed()).hasSize(3);
    }

    @Test
    void refusesFilesThatHaveNoCommonSchemaAndNamesThem() throws IOException {
        DataFile text =
                SmallFiles.write(store, "a", "required int64 k; required int32 v;", row(1L, 1));
        DataFile bytes =
                SmallFiles.write(
                        store, "b", "required int64 k; required binary v (STRING);", row(1L, "1"));
        assertThatThrownBy(() -> compact(List.of(text, bytes), ALL))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessage(
                        "the table's files have no common schema: column v is 'required int32 v' in a and 'required binary v (STRING)' in b");
    }

    @Test
    void stopsAtADamagedFile() throws IOException {
        DataFile sound = SmallFiles.write(store, "a", SORTED, row(1L, 1));
        store.put("b", ObjectBody.of(new byte[100]));
        assertThatThrownBy(() -> compact(List.of(sound, DataFile.of("b", 100)), ALL))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageStartingWith("b: ");
        assertThat(scratch).isEmptyDirectory();
    }

    private MergeOutcome compact(List<DataFile> files, CompactionRules rules) throws IOException {
        return new MaintenanceJudge(scratch, MergeSettings.DEFAULT)
                .compact(new Dataset(store, files), rules);
    }

    private static DataFile onlyFile(MergeOutcome outcome) {
        assertThat(outcome.added()).hasSize(1);
        return outcome.added().getFirst();
    }

    @SuppressWarnings("unchecked")
    private DataFile write(String name, List<List<Object>> rows) throws IOException {
        return SmallFiles.write(store, name, SORTED, rows.toArray(List[]::new));
    }
}
