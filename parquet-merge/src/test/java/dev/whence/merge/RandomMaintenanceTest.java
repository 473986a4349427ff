package dev.whence.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.maintain.CompactionRules;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Maintenance of random tables against naive models. {@code -Dseed=} repeats one case after which a
 * run failed, {@code -Dcases=} says how many are tried from there.
 */
class RandomMaintenanceTest {
    private static final long SEED = Long.getLong("seed", 20_261_121);

    @TempDir Path scratch;

    private int compacted;
    private int deduplicated;
    private int repartitioned;
    private int refused;

    @Test
    void keepsTheRowsOfTheModel() throws IOException {
        run(Integer.getInteger("cases", 12));
    }

    @Test
    @Tag("slow")
    void keepsTheRowsOfTheModelInManyCases() throws IOException {
        run(Integer.getInteger("cases", 100));
    }

    private void run(int cases) throws IOException {
        for (long seed = SEED; seed < SEED + cases; seed++) {
            try (ObjectStore store = ObjectStores.memory()) {
                RandomCase random = new RandomCase(seed, store, true, null);
                Random choice = new Random(seed);
                if (!random.target.files().isEmpty()) {
                    compact(random, choice);
                    deduplicate(random, choice);
                    repartition(random, choice);
                }
            } catch (Exception | AssertionError e) {
                throw new AssertionError("run again with -Dseed=" + seed + " -Dcases=1", e);
            }
        }
        System.out.printf(
                "%d cases from seed %d: compacted %d, deduplicated %d, repartitioned %d, refused %d%n",
                cases, SEED, compacted, deduplicated, repartitioned, refused);
        assertThat(compacted).isGreaterThanOrEqualTo(cases / 6);
        assertThat(deduplicated).isGreaterThanOrEqualTo(cases / 4);
        assertThat(repartitioned).isGreaterThanOrEqualTo(cases / 10);
    }

    private void compact(RandomCase random, Random choice) throws IOException {
        CompactionRules rules =
                choice.nextBoolean()
                        ? CompactionRules.all(1 << 20, 1 << 30)
                        : new CompactionRules(
                                1L << choice.nextInt(10, 18), choice.nextInt(2, 4), 3, 1 << 20);
        MergeOutcome outcome = judge(choice).compact(random.target, rules);
        compacted += outcome.changesNothing() ? 0 : 1;
    }

    private void deduplicate(RandomCase random, Random choice) throws IOException {
        List<String> key = random.request.keyColumns();
        if (key.isEmpty()) {
            return;
        }
        List<String> part =
                choice.nextBoolean() ? key : List.of(key.get(choice.nextInt(key.size())));
        List<SortOrder> order =
                choice.nextBoolean()
                        ? List.of()
                        : List.of(new SortOrder(RandomPayload.RANK, choice.nextBoolean()));
        MergeOutcome outcome =
                judge(choice).deduplicate(random.target, part, order, random.partitionColumns);
        deduplicated += outcome.changesNothing() ? 0 : 1;
    }

    private void repartition(RandomCase random, Random choice) throws IOException {
        List<String> columns = new ArrayList<>(random.partitionColumns);
        for (String key : random.request.keyColumns()) {
            if (!columns.contains(key) && choice.nextBoolean()) {
                columns.add(choice.nextInt(columns.size() + 1), key);
            }
        }
        if (columns.isEmpty()) {
            columns.add("k0");
        }
        try {
            judge(choice).repartition(random.target, columns, expected(random.target, columns));
            repartitioned++;
        } catch (MergeRefusedException e) {
            assertThat(e)
                    .message()
                    .containsAnyOf("cannot be part of a path", "no column", "would be left");
            refused++;
        }
    }

    private MaintenanceJudge judge(Random choice) {
        return new MaintenanceJudge(
                scratch,
                new MergeSettings(
                        choice.nextInt(1, 4),
                        MergeSettings.DEFAULT.pruning(),
                        MergeSettings.DEFAULT.planningTime(),
                        1,
                        16L << 20));
    }

    /** The rows, with the columns that go to the paths as text. */
    private static List<Map<String, Object>> expected(Dataset target, List<String> columns)
            throws IOException {
        List<Map<String, Object>> expected = new ArrayList<>();
        for (DataFile file : target.files()) {
            MessageType schema;
            try (ParquetInput input = ParquetInput.open(target.store(), file)) {
                schema = input.schema();
            }
            for (Map<String, Object> row : PlainRows.of(target, file)) {
                Map<String, Object> moved = new TreeMap<>(row);
                for (String column : columns) {
                    moved.computeIfPresent(
                            column,
                            (_, value) ->
                                    schema.containsField(column)
                                            ? text(value, isDate(schema, column))
                                            : value);
                }
                expected.add(moved);
            }
        }
        return expected;
    }

    private static boolean isDate(MessageType schema, String column) {
        return schema.getType(column).getLogicalTypeAnnotation()
                instanceof DateLogicalTypeAnnotation;
    }

    private static Object text(Object value, boolean isDate) {
        return switch (value) {
            case BigDecimal days when isDate ->
                    LocalDate.ofEpochDay(days.longValueExact()).toString();
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }
}
