package dev.whence.merge;

import static org.apache.parquet.schema.LogicalTypeAnnotation.listType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.merge.run.MergePlan;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Targets and sources whose files are not alike, though they say the same. */
class UnlikeFilesMergeTest {
    private static final MessageType NUMBERS =
            Types.buildMessage().required(INT64).named("k").required(INT32).named("v").named("m");

    private final ObjectStore store = ObjectStores.memory();

    @TempDir Path scratch;

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void partsOfAListMayHaveOtherNames() throws IOException {
        MessageType spark = lists("element");
        MessageType arrow = lists("item");
        Dataset target =
                dataset(
                        file("a", spark, lists(spark, 0, 300)),
                        file("b", arrow, lists(arrow, 300, 600)));
        Dataset source = dataset(file("s", spark, lists(spark, 310, 311)));
        MergeOutcome outcome = merge(target, source, MergeStrategy.DELETE, "k");
        assertThat(PlainRows.of(MergeJudge.after(target, outcome)))
                .hasSize(599)
                .allSatisfy(row -> assertThat(row.toString()).contains("[{element=7}]"));
    }

    @Test
    void columnsMayStandInAnotherOrder() throws IOException {
        MessageType ab = ints("a", "b");
        MessageType ba = ints("b", "a");
        Dataset target =
                dataset(file("t", ab, pair(ab, 1, 1, 2)), file("u", ba, pair(ba, 2, 5, 6)));
        Dataset source = dataset(file("s", ab, pair(ab, 2, 6, 5)));
        MergeOutcome outcome = merge(target, source, MergeStrategy.UPDATE, "k");
        assertThat(PlainRows.of(MergeJudge.after(target, outcome)))
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("{a=1, b=2, k=1}", "{a=6, b=5, k=2}");
    }

    @Test
    void aNullKeyBecomesTheSourcesNullWhateverIsAboveIt() throws IOException {
        MessageType schema =
                Types.buildMessage()
                        .optionalGroup()
                        .optional(INT64)
                        .named("k")
                        .optional(INT32)
                        .named("v")
                        .named("s")
                        .named("m");
        Group with = new SimpleGroup(schema);
        with.addGroup("s").append("v", 5);
        Dataset target = dataset(file("t", schema, with));
        Dataset source = dataset(file("s", schema, new SimpleGroup(schema)));
        MergeOutcome outcome = merge(target, source, MergeStrategy.UPDATE, "s.k");
        assertThat(PlainRows.of(MergeJudge.after(target, outcome)))
                .extracting(Object::toString)
                .containsExactly("{}");
    }

    @ParameterizedTest
    @EnumSource(value = MergeStrategy.class, names = "APPEND", mode = EnumSource.Mode.EXCLUDE)
    void aSourceWithoutAFileHasNoKey(MergeStrategy strategy) throws IOException {
        Dataset target = dataset(file("t", NUMBERS, number(1, 1)));
        MergeOutcome outcome = merge(target, dataset(), strategy, "k");
        assertThat(outcome.counts().deleted())
                .isEqualTo(strategy == MergeStrategy.FULL_MERGE ? 1 : 0);
    }

    @Test
    void aKeyThatAPathHoldsMatchesByValueWhateverItsText() throws IOException {
        MessageType months =
                Types.buildMessage()
                        .required(INT64)
                        .named("k")
                        .required(INT32)
                        .named("v")
                        .required(INT32)
                        .named("month")
                        .named("m");
        DataFile file = file("t", NUMBERS, number(1, 1), number(2, 2));
        var january = new Partition(List.of(new Partition.Value("month", "01")));
        Dataset target = dataset(new DataFile(file.key(), file.bytes(), january));
        Group row = new SimpleGroup(months).append("k", 2L).append("v", 3).append("month", 1);
        MergeOutcome outcome =
                merge(target, dataset(file("s", months, row)), MergeStrategy.UPSERT, "k", "month");
        assertThat(outcome.counts().updated()).isEqualTo(1);
        assertThat(outcome.files()).hasSize(1);
        assertThat(outcome.files().getFirst().after().orElseThrow().partition()).isEqualTo(january);
    }

    private MergeOutcome merge(
            Dataset target, Dataset source, MergeStrategy strategy, String... keyColumns)
            throws IOException {
        RewriteMode mode = strategy.canBeIncremental() ? RewriteMode.INCREMENTAL : RewriteMode.AUTO;
        var merge = new ParquetMerge(scratch, MergeSettings.DEFAULT);
        try (MergePlan plan =
                merge.plan(
                        target,
                        source,
                        MergeRequest.of(strategy, mode, keyColumns),
                        Progress.NONE)) {
            return merge.execute(plan, new MergeJudge.Staged(store), Progress.NONE);
        }
    }

    private static Group number(long key, int value) {
        return new SimpleGroup(NUMBERS).append("k", key).append("v", value);
    }

    private static MessageType ints(String one, String other) {
        return Types.buildMessage()
                .required(INT64)
                .named("k")
                .required(INT32)
                .named(one)
                .required(INT32)
                .named(other)
                .named("m");
    }

    private static Group pair(MessageType schema, long key, int a, int b) {
        return new SimpleGroup(schema).append("k", key).append("a", a).append("b", b);
    }

    private static MessageType lists(String element) {
        return Types.buildMessage()
                .required(INT64)
                .named("k")
                .addField(
                        Types.optionalGroup()
                                .as(listType())
                                .addField(
                                        Types.repeatedGroup()
                                                .optional(INT32)
                                                .named(element)
                                                .named("list"))
                                .named("v"))
                .named("m");
    }

    private static Group[] lists(MessageType schema, long from, long to) {
        List<Group> rows = new ArrayList<>();
        for (long key = from; key < to; key++) {
            Group row = new SimpleGroup(schema).append("k", key);
            row.addGroup("v").addGroup(0).add(0, 7);
            rows.add(row);
        }
        return rows.toArray(new Group[0]);
    }

    private Dataset dataset(DataFile... files) {
        return new Dataset(store, List.of(files));
    }

    private DataFile file(String name, MessageType schema, Group... rows) throws IOException {
        byte[] bytes = ParquetFiles.write(schema, List.of(rows), new Random(1));
        store.put(name, ObjectBody.of(bytes));
        return DataFile.of(name, bytes.length);
    }
}
