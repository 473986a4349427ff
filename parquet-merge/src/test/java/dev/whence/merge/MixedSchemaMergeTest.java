package dev.whence.merge;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.merge.file.ParquetInput;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets whose files say different things of one column, as writers that look at nulls make. */
class MixedSchemaMergeTest {
    private static final MessageType BOTH_REQUIRED =
            Types.buildMessage().required(INT64).named("k").required(INT32).named("v").named("m");
    private static final MessageType V_OPTIONAL =
            Types.buildMessage().required(INT64).named("k").optional(INT32).named("v").named("m");
    private static final MessageType K_OPTIONAL =
            Types.buildMessage().optional(INT64).named("k").required(INT32).named("v").named("m");

    private final ObjectStore store = ObjectStores.memory();

    @TempDir Path scratch;

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aColumnIsOptionalIfItIsInAnyFile() throws IOException {
        Dataset target =
                new Dataset(
                        store,
                        List.of(
                                file("a", BOTH_REQUIRED, row(1L, 1), row(2L, 2)),
                                file("b", V_OPTIONAL, row(3L, null), row(4L, 4)),
                                file("c", K_OPTIONAL, row(null, 5), row(6L, 6))));
        Dataset source =
                new Dataset(
                        store,
                        List.of(
                                file("s", V_OPTIONAL, row(2L, null), row(4L, 40)),
                                file("t", K_OPTIONAL, row(null, 50), row(7L, 70))));
        for (RewriteMode mode : RewriteMode.values()) {
            MergeOutcome outcome =
                    new MergeJudge(scratch, MergeSettings.DEFAULT)
                            .judge(
                                    target,
                                    source,
                                    MergeRequest.of(MergeStrategy.UPSERT, mode, "k"),
                                    List.of());
            assertThat(outcome.counts().updated()).isEqualTo(3);
        }
    }

    @Test
    void everyColumnHasTheTypeThatHoldsAllFiles() throws IOException {
        Dataset target =
                new Dataset(
                        store,
                        List.of(
                                SmallFiles.write(
                                        store,
                                        "a",
                                        "required int32 k; required int64 x; required int32 y; required binary z (STRING);",
                                        SmallFiles.row(1, 10L, 100, "a1"),
                                        SmallFiles.row(2, 20L, 200, "a2")),
                                SmallFiles.write(
                                        store,
                                        "b",
                                        "required float w; required int64 y; required int32 x; required int64 k;",
                                        SmallFiles.row(0.5f, 300L, 30, 3L),
                                        SmallFiles.row(1.5f, 400L, 40, 4L)),
                                SmallFiles.write(
                                        store,
                                        "c",
                                        "required int32 k; required int32 x (INTEGER(32,false)); required int32 y; required double w; required binary z;",
                                        SmallFiles.row(5, 50, 500, 2.5, "c5"))));
        Dataset source =
                new Dataset(
                        store,
                        List.of(
                                SmallFiles.write(
                                        store,
                                        "s",
                                        "required int32 k; required int32 x; required int32 y; optional double w; optional binary z (STRING);",
                                        SmallFiles.row(2, 20, 201, null, "a2"),
                                        SmallFiles.row(4, 40, 400, 1.5, null),
                                        SmallFiles.row(6, 60, 600, 3.5, "new"))));
        for (MergeStrategy strategy : MergeStrategy.values()) {
            for (RewriteMode mode : RewriteMode.values()) {
                if (mode == RewriteMode.INCREMENTAL && !strategy.canBeIncremental()) {
                    continue;
                }
                MergeRequest request =
                        strategy == MergeStrategy.APPEND
                                ? MergeRequest.of(strategy, mode)
                                : MergeRequest.of(strategy, mode, "k");
                new MergeJudge(scratch, MergeSettings.DEFAULT)
                        .judge(target, source, request, List.of());
            }
        }
    }

    @Test
    void columnsInAnotherOrderAreComparedByName() throws IOException {
        Dataset target =
                new Dataset(
                        store,
                        List.of(
                                SmallFiles.write(
                                        store,
                                        "a",
                                        "required int64 k; required int64 v; required int64 w;",
                                        SmallFiles.row(1L, 2L, 3L)),
                                SmallFiles.write(
                                        store,
                                        "b",
                                        "required int64 w; required int64 v; required int64 k;",
                                        SmallFiles.row(5L, 4L, 4L))));
        Dataset source =
                new Dataset(
                        store,
                        List.of(
                                SmallFiles.write(
                                        store,
                                        "s",
                                        "required int64 k; required int64 v; required int64 w;",
                                        SmallFiles.row(4L, 4L, 4L))));
        new MergeJudge(scratch, MergeSettings.DEFAULT)
                .judge(
                        target,
                        source,
                        MergeRequest.of(MergeStrategy.UPSERT, RewriteMode.INCREMENTAL, "k"),
                        List.of());
    }

    /** Readers that trust a footer's own description of the columns would misread the file. */
    @Test
    void aFileWithOtherColumnsThanBeforeDoesNotSayWhatItsOldOnesWere() throws IOException {
        Map<String, String> said =
                Map.of(
                        "ARROW:schema", "of the old columns",
                        "org.apache.spark.sql.parquet.row.metadata", "of the old columns");
        Dataset target =
                new Dataset(
                        store,
                        List.of(
                                saying(said, "a", BOTH_REQUIRED, row(1L, 1), row(2L, 2)),
                                saying(said, "b", V_OPTIONAL, row(3L, 3), row(4L, 4))));
        Dataset source =
                new Dataset(store, List.of(file("s", V_OPTIONAL, row(2L, null), row(4L, 40))));
        for (RewriteMode mode : List.of(RewriteMode.INCREMENTAL, RewriteMode.FULL)) {
            MergeOutcome outcome =
                    new MergeJudge(scratch, MergeSettings.DEFAULT)
                            .judge(
                                    target,
                                    source,
                                    MergeRequest.of(MergeStrategy.UPSERT, mode, "k"),
                                    List.of());
            assertThat(outcome.files()).extracting(FileOutcome::fate).containsOnly(Fate.REWRITTEN);
            assertThat(keyValues(outcome.files().getFirst())).isEmpty();
            assertThat(keyValues(outcome.files().getLast())).containsAllEntriesOf(said);
        }
    }

    private Map<String, String> keyValues(FileOutcome file) throws IOException {
        try (ParquetInput input = ParquetInput.open(store, file.after().orElseThrow())) {
            return input.keyValues();
        }
    }

    @Test
    void namesTheColumnAndTheTwoFilesThatDoNotGoTogether() throws IOException {
        requireNone(
                "column v is 'optional double v' in b and 'required int64 v' in c",
                "required int64 k;",
                "required int64 k; optional double v;",
                "required int64 v;");
        requireNone(
                "column s is 'required group s { required int32 f; }' in a and 'required int32 s' in b",
                "required group s { required int32 f; }",
                "required int32 s;");
        requireNone(
                "column s.f is 'required int32 f' in a and 'required float f' in b",
                "required group s { required int32 f; }",
                "required group s { required float f; }");
        requireNone(
                "group s has a field g in b and none in a; only a whole column may be missing",
                "required group s { required int32 f; }",
                "required group s { required int32 f; required int32 g; }");
        requireNone(
                "column r is 'repeated int32 r' in a and 'optional int32 r' in b",
                "repeated int32 r;",
                "optional int32 r;");
    }

    private void requireNone(String problem, String... schemas) throws IOException {
        List<DataFile> files = new ArrayList<>();
        for (String schema : schemas) {
            String name = String.valueOf((char) ('a' + files.size()));
            files.add(SmallFiles.write(store, name, schema));
        }
        assertThatThrownBy(() ->
                        new MergeJudge(scratch, MergeSettings.DEFAULT)
                                .judge(
                                        new Dataset(store, files),
                                        new Dataset(store, List.of(files.getFirst())),
                                        MergeRequest.of(MergeStrategy.APPEND, RewriteMode.FULL),
                                        List.of()))
                .isInstanceOf(MergeRefusedException.class)
                .hasMessage("the table's files have no common schema: " + problem);
    }

    @Test
    void saysThatItIsTheSourceThatHasTheNull() throws IOException {
        Dataset target = new Dataset(store, List.of(file("a", BOTH_REQUIRED, row(1L, 1))));
        Dataset source = new Dataset(store, List.of(file("s", V_OPTIONAL, row(1L, null))));
        assertThatThrownBy(() ->
                        new MergeJudge(scratch, MergeSettings.DEFAULT)
                                .judge(
                                        target,
                                        source,
                                        MergeRequest.of(
                                                MergeStrategy.UPSERT, RewriteMode.FULL, "k"),
                                        List.of()))
                .hasMessage("column v is required in the target, and the source has a null in it");
    }

    private record Row(Long k, Integer v) {}

    private static Row row(Long k, Integer v) {
        return new Row(k, v);
    }

    private DataFile file(String name, MessageType schema, Row... rows) throws IOException {
        return saying(Map.of(), name, schema, rows);
    }

    /** A file whose footer says more. */
    private DataFile saying(Map<String, String> said, String name, MessageType schema, Row... rows)
            throws IOException {
        List<Group> groups = new ArrayList<>();
        for (Row row : rows) {
            Group group = new SimpleGroup(schema);
            if (row.k() != null) {
                group.add("k", row.k());
            }
            if (row.v() != null) {
                group.add("v", row.v());
            }
            groups.add(group);
        }
        byte[] bytes =
                ParquetFiles.write(schema, groups, building -> building.withExtraMetaData(said));
        store.put(name, ObjectBody.of(bytes));
        return DataFile.of(name, bytes.length);
    }
}
