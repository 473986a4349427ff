package dev.whence.merge;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SortColumn;
import dev.whence.parquet.FooterOrder;
import dev.whence.parquet.StoreInputFile;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Merges of files that note an order of rows: it is kept, and never noted where it is not so.
 * {@code -Dseed=} repeats a case that failed, {@code -Dcases=} says how many are tried from there.
 */
class SortedMergeTest {
    private static final MessageType SCHEMA =
            Types.buildMessage()
                    .required(INT64)
                    .named("k")
                    .optional(INT32)
                    .named("n")
                    .optional(BINARY)
                    .as(stringType())
                    .named("t")
                    .required(INT32)
                    .named("v")
                    .named("m");
    private static final int CASES = Integer.getInteger("cases", 6);

    @TempDir Path scratch;

    @Test
    void rowGroupsKeepTheirOrder() throws IOException {
        long first = Long.getLong("seed", new Random().nextLong());
        for (long seed = first; seed < first + CASES; seed++) {
            try (ObjectStore store = ObjectStores.memory()) {
                judge(store, new Random(seed));
            } catch (Throwable e) {
                throw new AssertionError("-Dseed=" + seed, e);
            }
        }
    }

    @Test
    void anOrderByAColumnThatRepeatsOrdersNothing() throws IOException {
        MessageType repeated =
                Types.buildMessage()
                        .required(INT64)
                        .named("k")
                        .repeated(INT32)
                        .named("n")
                        .named("m");
        Group row = new SimpleGroup(repeated).append("k", 1L).append("n", 1).append("n", 2);
        byte[] plain = ParquetFiles.write(repeated, List.of(row), new Random(1));
        byte[] noted =
                FooterOrder.note(plain, List.of(List.of(new FooterOrder.Column(1, false, false))));
        try (ObjectStore store = ObjectStores.memory()) {
            store.put("a", ObjectBody.of(noted));
            store.put("s", ObjectBody.of(plain));
            Dataset target = new Dataset(store, List.of(DataFile.of("a", noted.length)));
            Dataset source = new Dataset(store, List.of(DataFile.of("s", plain.length)));
            new MergeJudge(scratch, MergeSettings.DEFAULT)
                    .judge(
                            target,
                            source,
                            MergeRequest.of(MergeStrategy.UPSERT, RewriteMode.FULL, "k"),
                            List.of());
        }
    }

    private void judge(ObjectStore store, Random random) throws IOException {
        List<FooterOrder.Column> order = order(random);
        List<FooterOrder.Column> other = random.nextInt(4) == 0 ? order(random) : order;
        Dataset target =
                new Dataset(
                        store,
                        List.of(
                                write(store, "a", rows(200, random), order, random),
                                write(store, "b", rows(200, random), other, random)));
        Dataset source =
                new Dataset(store, List.of(write(store, "s", rows(40, random), List.of(), random)));
        for (MergeStrategy strategy :
                List.of(
                        MergeStrategy.UPDATE,
                        MergeStrategy.UPSERT,
                        MergeStrategy.DELETE,
                        MergeStrategy.FULL_MERGE)) {
            MergeRequest request =
                    MergeRequest.of(
                            strategy,
                            strategy.canBeIncremental() && random.nextBoolean()
                                    ? RewriteMode.INCREMENTAL
                                    : RewriteMode.FULL,
                            "k");
            MergeOutcome outcome =
                    new MergeJudge(scratch, MergeSettings.DEFAULT)
                            .judge(target, source, request, List.of());
            for (FileOutcome file : outcome.files()) {
                if (file.fate() == Fate.REWRITTEN || file.fate() == Fate.INSERTED) {
                    boolean isFirsts =
                            file.before().isEmpty()
                                    || file.before().get().key().equals("a")
                                    || other.equals(order)
                                    || strategy == MergeStrategy.DELETE;
                    assertOrdered(store, file.after().orElseThrow(), isFirsts);
                }
            }
        }
    }

    private static void assertOrdered(ObjectStore store, DataFile file, boolean mustBeNoted)
            throws IOException {
        List<Map<String, Object>> rows = PlainRows.of(new Dataset(store, List.of(file)), file);
        try (ParquetInput input = ParquetInput.open(store, file)) {
            int row = 0;
            for (int group = 0; group < input.rowGroups().size(); group++) {
                List<SortColumn> noted = input.orders().get(group);
                assertThat(noted.isEmpty() && mustBeNoted).isFalse();
                int end = row + (int) input.rowGroups().get(group).getRowCount();
                assertThat(rows.subList(row, end)).isSortedAccordingTo(comparator(noted));
                row = end;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Comparator<Map<String, Object>> comparator(List<SortColumn> order) {
        Comparator<Map<String, Object>> all = (_, _) -> 0;
        for (SortColumn column : order) {
            Comparator<Object> values =
                    (one, two) ->
                            ((Comparable<Object>) PlainValue.key((Comparable<?>) one))
                                    .compareTo(PlainValue.key((Comparable<?>) two));
            Comparator<Object> directed = column.descending() ? values.reversed() : values;
            Comparator<Object> nulls =
                    column.nullsFirst()
                            ? Comparator.nullsFirst(directed)
                            : Comparator.nullsLast(directed);
            all = all.thenComparing(row -> row.get(column.path()), nulls);
        }
        return all;
    }

    private static List<FooterOrder.Column> order(Random random) {
        List<Integer> leaves = new ArrayList<>(List.of(0, 1, 2));
        Collections.shuffle(leaves, random);
        return leaves.subList(0, random.nextInt(1, 4)).stream()
                .map(leaf ->
                        new FooterOrder.Column(leaf, random.nextBoolean(), random.nextBoolean()))
                .toList();
    }

    private static List<Group> rows(int count, Random random) {
        List<Group> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Group row = new SimpleGroup(SCHEMA).append("k", (long) random.nextInt(-200, 200));
            if (random.nextInt(5) > 0) {
                row.append("n", random.nextInt(-5, 5));
            }
            if (random.nextInt(5) > 0) {
                row.append("t", "é\u0000z".substring(0, random.nextInt(4)) + random.nextInt(3));
            }
            rows.add(row.append("v", random.nextInt(3)));
        }
        return rows;
    }

    private static DataFile write(
            ObjectStore store,
            String name,
            List<Group> rows,
            List<FooterOrder.Column> order,
            Random random)
            throws IOException {
        List<SortColumn> columns =
                order.stream()
                        .map(column ->
                                new SortColumn(
                                        SCHEMA.getFieldName(column.leaf()),
                                        column.descending(),
                                        column.nullsFirst()))
                        .toList();
        var plain = comparator(columns);
        List<Group> sorted = new ArrayList<>(rows);
        sorted.sort((one, two) -> plain.compare(plain(one), plain(two)));
        store.put(name, ObjectBody.of(ParquetFiles.write(SCHEMA, sorted, random)));
        byte[] file = store.get(name);
        int groups = FooterOrder.read(new StoreInputFile(store, name, file.length)).size();
        byte[] noted = FooterOrder.note(file, Collections.nCopies(groups, order));
        store.put(name, ObjectBody.of(noted));
        return DataFile.of(name, noted.length);
    }

    private static Map<String, Object> plain(Group row) {
        Map<String, Object> plain = new HashMap<>();
        for (int leaf = 0; leaf < 3; leaf++) {
            if (row.getFieldRepetitionCount(leaf) > 0) {
                plain.put(
                        SCHEMA.getFieldName(leaf),
                        PlainValue.of(
                                SCHEMA.getType(leaf).asPrimitiveType(),
                                switch (leaf) {
                                    case 0 -> row.getLong(0, 0);
                                    case 1 -> row.getInteger(1, 0);
                                    default -> row.getBinary(2, 0);
                                }));
            }
        }
        return plain;
    }
}
