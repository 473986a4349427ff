package dev.whence.merge;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.merge.MergeSettings.Pruning;
import dev.whence.merge.run.MergePlan;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row groups with a key of three columns, some of which hold other values than the source's and
 * some of which have no statistics: all combinations.
 */
class StatisticsPruningTest {
    private static final List<String> KEY = List.of("number", "text", "real");
    private static final MessageType SCHEMA =
            Types.buildMessage()
                    .optional(INT64)
                    .named("number")
                    .optional(BINARY)
                    .as(stringType())
                    .named("text")
                    .optional(DOUBLE)
                    .named("real")
                    .named("m");

    /** Two rows are a row group. */
    private static final int GROUP_ROWS = 2;

    private final ObjectStore store = ObjectStores.memory();

    @TempDir Path scratch;

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void oneColumnWithOtherValuesIsEnoughAndOneWithoutStatisticsIsNoHindrance() throws IOException {
        for (Set<String> disjoint : subsets()) {
            for (Set<String> bare : subsets()) {
                PlanSummary.File file = planned(List.of(disjoint), bare).files().getFirst();
                boolean provable = disjoint.stream().anyMatch(column -> !bare.contains(column));
                assertThat(file.reasons())
                        .as("other values in %s, no statistics of %s", disjoint, bare)
                        .containsExactly(provable ? "statistics" : "not_looked_at");
                assertThat(file.affected()).isEqualTo(!provable);
            }
        }
    }

    @Test
    void eachRowGroupIsJudgedByItsOwn() throws IOException {
        for (Set<String> bare : subsets()) {
            PlanSummary plan = planned(subsets(), bare);
            long pruned =
                    subsets().stream().filter(disjoint -> !bare.containsAll(disjoint)).count();
            assertThat(rowGroups(plan, "statistics"))
                    .as("no statistics of %s", bare)
                    .isEqualTo(pruned);
            assertThat(rowGroups(plan, "not_looked_at")).isEqualTo(subsets().size() - pruned);
            assertThat(plan.filesAffected()).as("one is left at least").isEqualTo(1);
        }
    }

    @Test
    void deeperStepsFindTheSameRowsWhereStatisticsAreAbsent() throws IOException {
        DataFile target = write("t", subsets(), Set.copyOf(KEY));
        DataFile source = write("s", List.of(Set.of()), Set.of());
        for (Pruning depth : Pruning.values()) {
            new MergeJudge(scratch, settings(depth))
                    .judge(
                            new Dataset(store, List.of(target)),
                            new Dataset(store, List.of(source)),
                            request(),
                            List.of());
        }
    }

    private static long rowGroups(PlanSummary plan, String reason) {
        return plan.steps().stream()
                .filter(step -> step.reason().equals(reason))
                .mapToLong(PlanSummary.Step::rowGroups)
                .sum();
    }

    private PlanSummary planned(List<Set<String>> disjoint, Set<String> bare) throws IOException {
        DataFile target = write("t", disjoint, bare);
        DataFile source = write("s", List.of(Set.of()), Set.of());
        try (MergePlan plan =
                new ParquetMerge(scratch, settings(Pruning.STATISTICS))
                        .plan(
                                new Dataset(store, List.of(target)),
                                new Dataset(store, List.of(source)),
                                request(),
                                Progress.NONE)) {
            return plan.summary();
        }
    }

    private static MergeSettings settings(Pruning depth) {
        return new MergeSettings(1, depth, Duration.ofMinutes(1), 0.8, 16L << 20);
    }

    private static MergeRequest request() {
        return new MergeRequest(MergeStrategy.UPSERT, KEY, RewriteMode.INCREMENTAL, List.of());
    }

    /**
     * A file with a row group for each set.
     *
     * @param disjoint columns of the row group that hold other values than the source
     * @param bare columns without statistics
     */
    private DataFile write(String name, List<Set<String>> disjoint, Set<String> bare)
            throws IOException {
        List<Group> rows = new ArrayList<>();
        for (Set<String> other : disjoint) {
            for (int row = 0; row < GROUP_ROWS; row++) {
                rows.add(
                        new SimpleGroup(SCHEMA)
                                .append("number", row + (other.contains("number") ? 100L : 0))
                                .append("text", (other.contains("text") ? "other" : "") + row)
                                .append("real", row + (other.contains("real") ? 100.5 : 0.5)));
            }
        }
        byte[] file =
                ParquetFiles.write(
                        SCHEMA,
                        rows,
                        building -> {
                            bare.forEach(column -> building.withStatisticsEnabled(column, false));
                            return building.withRowGroupRowCountLimit(GROUP_ROWS);
                        });
        store.put(name, ObjectBody.of(file));
        return DataFile.of(name, file.length);
    }

    private static List<Set<String>> subsets() {
        List<Set<String>> subsets = new ArrayList<>();
        for (int bits = 0; bits < 1 << KEY.size(); bits++) {
            int chosen = bits;
            subsets.add(
                    KEY.stream()
                            .filter(column -> (chosen >> KEY.indexOf(column) & 1) == 1)
                            .collect(Collectors.toCollection(HashSet::new)));
        }
        return subsets;
    }
}
