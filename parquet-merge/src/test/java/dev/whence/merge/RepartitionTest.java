package dev.whence.merge;

import static dev.whence.merge.SmallFiles.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SortColumn;
import dev.whence.merge.maintain.Repartition;
import dev.whence.merge.rewrite.KeptStyle;
import dev.whence.parquet.FooterOrder;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepartitionTest {
    private static final String COLUMNS =
            "required int64 id; optional binary city (STRING); optional int32 day (DATE); optional double x;";

    private final ObjectStore store = ObjectStores.memory();

    @TempDir Path scratch;

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void movesValuesFromTheFilesToThePaths() throws IOException {
        Dataset target =
                dataset(
                        SmallFiles.write(
                                store,
                                "a",
                                COLUMNS,
                                row(1L, "São/Paulo=1 %41", 0, 1.0),
                                row(2L, null, 1, 2.0),
                                row(3L, "", null, null),
                                row(4L, "__HIVE_DEFAULT_PARTITION__", -1, null)),
                        SmallFiles.write(store, "b", COLUMNS, row(5L, "São/Paulo=1 %41", 0, 5.0)));
        List<Map<String, Object>> expected = new ArrayList<>();
        for (Map<String, Object> row : PlainRows.of(target)) {
            Map<String, Object> moved = new TreeMap<>(row);
            moved.computeIfPresent(
                    "day",
                    (_, day) ->
                            switch (day.toString()) {
                                case "0" -> "1970-01-01";
                                case "1" -> "1970-01-02";
                                default -> "1969-12-31";
                            });
            expected.add(moved);
        }
        MergeOutcome outcome = judge().repartition(target, List.of("day", "city"), expected);
        assertThat(outcome.added())
                .extracting(file ->
                        file.partition().values().stream().map(Partition.Value::value).toList())
                .containsExactlyInAnyOrder(
                        texts("1970-01-01", "São/Paulo=1 %41"),
                        texts("1970-01-02", null),
                        texts(null, ""),
                        texts("1969-12-31", "__HIVE_DEFAULT_PARTITION__"));
        try (ParquetInput input = ParquetInput.open(store, outcome.added().getFirst())) {
            assertThat(input.schema().getFields())
                    .extracting(type -> type.getName())
                    .containsExactly("id", "x");
        }
    }

    @Test
    void columnsOfFormerPathsMayMove() throws IOException {
        Partition place = new Partition(List.of(new Partition.Value("p", "01")));
        Dataset target =
                dataset(
                        SmallFiles.write(
                                store,
                                "a",
                                place,
                                "required int64 id; required int32 q;",
                                row(1L, 7),
                                row(2L, 8)),
                        SmallFiles.write(store, "b", place, "required int64 id;", row(3L)));
        List<Map<String, Object>> expected = new ArrayList<>();
        for (Map<String, Object> row : PlainRows.of(target)) {
            Map<String, Object> moved = new TreeMap<>(row);
            moved.computeIfPresent("q", (_, q) -> q.toString());
            expected.add(moved);
        }
        MergeOutcome outcome = judge().repartition(target, List.of("q", "p"), expected);
        assertThat(outcome.added())
                .extracting(file -> file.partition().values().getFirst().value())
                .as("a file that lacks the column has nulls")
                .containsExactlyInAnyOrder("7", "8", null);
        assertThat(judge().repartition(target, List.of("p"), PlainRows.of(target)).changesNothing())
                .as("partitioned so already")
                .isTrue();
    }

    @Test
    void rowsStayInTheOrderThatIsNoted() throws IOException {
        Dataset target =
                dataset(
                        SmallFiles.note(
                                store,
                                SmallFiles.write(
                                        store,
                                        "a",
                                        "required int32 p; required int64 id; required int32 v;",
                                        row(1, 1L, 9),
                                        row(1, 2L, 8),
                                        row(2, 1L, 7)),
                                new FooterOrder.Column(0, false, true),
                                new FooterOrder.Column(1, false, true)));
        MergeOutcome outcome =
                new Repartition(scratch, MergeSettings.DEFAULT, new KeptStyle())
                        .execute(target, List.of("p"), new MergeJudge.Staged(store), Progress.NONE);
        for (DataFile file : outcome.added()) {
            try (ParquetInput input = ParquetInput.open(store, file)) {
                assertThat(input.orders())
                        .containsExactly(List.of(new SortColumn("id", false, true)));
            }
        }
    }

    @Test
    void saysWhichPartitionsThereWouldBe() throws IOException {
        Dataset target =
                dataset(
                        SmallFiles.write(
                                store,
                                "a",
                                COLUMNS,
                                row(1L, "x y", 0, null),
                                row(2L, null, 0, null),
                                row(3L, "x y", 0, null)));
        var repartition = new Repartition(scratch, MergeSettings.DEFAULT, new KeptStyle());
        assertThat(repartition.plan(target, List.of("city"), Progress.NONE).toString())
                .isEqualTo(
                        """
                        partition by city (now by nothing): 3 rows of 1 files, %,d bytes, go to 2 partitions
                        partition city='x y': 2 rows
                        partition city=null: 1 rows
                        """
                                .formatted(target.files().getFirst().bytes()));
    }

    @Test
    void refusesWhatNoPathCanHold() throws IOException {
        DataFile flat = SmallFiles.write(store, "a", COLUMNS, row(1L, "x", 0, 1.0));
        DataFile nested =
                SmallFiles.write(
                        store,
                        "b",
                        "required int32 k; optional group s { required int32 f; } repeated int32 r;",
                        row(1));
        DataFile bytes =
                SmallFiles.write(
                        store,
                        "c",
                        "required binary b; required int32 k;",
                        row("ü".getBytes(StandardCharsets.ISO_8859_1), 1));
        Partition place = new Partition(List.of(new Partition.Value("p", "1")));
        DataFile placed = SmallFiles.write(store, "d", place, "required int32 k;", row(1));
        requireRefused(flat, "at least one partition column");
        requireRefused(flat, "partition columns [id, id]: one stands twice", "id", "id");
        requireRefused(flat, "no column nothing of single values", "nothing");
        requireRefused(flat, "partitioned by x, and values of 'optional double x' cannot", "x");
        requireRefused(flat, "no column would be left in the files", "id", "city", "day", "x");
        requireRefused(nested, "no column s of single values", "s");
        requireRefused(nested, "no column s.f of single values", "s.f");
        requireRefused(nested, "no column r of single values", "r");
        requireRefused(bytes, "partitioned by b, and a value of it is no UTF-8", "b");
        requireRefused(placed, "partitioned by p, which its files do not hold", "k");
    }

    private void requireRefused(DataFile file, String problem, String... columns) {
        var repartition = new Repartition(scratch, MergeSettings.DEFAULT, new KeptStyle());
        assertThatThrownBy(() -> repartition.plan(dataset(file), List.of(columns), Progress.NONE))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageContaining(problem);
        var staged = new MergeJudge.Staged(store);
        assertThatThrownBy(() ->
                        repartition.execute(dataset(file), List.of(columns), staged, Progress.NONE))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessageContaining(problem);
        assertThat(staged.files).isEmpty();
    }

    private static List<String> texts(String... values) {
        return Arrays.asList(values);
    }

    private Dataset dataset(DataFile... files) {
        return new Dataset(store, List.of(files));
    }

    private MaintenanceJudge judge() {
        return new MaintenanceJudge(scratch, MergeSettings.DEFAULT);
    }
}
