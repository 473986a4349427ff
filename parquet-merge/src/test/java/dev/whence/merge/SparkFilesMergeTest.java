package dev.whence.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.merge.MergeSettings.Pruning;
import dev.whence.merge.directory.DirectoryTable;
import dev.whence.merge.directory.Merging;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The random cases with files and folders that Spark writes: merged in every mode, held against the
 * model, and read back by Spark. Run by {@code ./whence test --spark}.
 */
@EnabledIfSystemProperty(
        named = "whence.spark",
        matches = "true",
        disabledReason = "Spark is a download of its own: ./whence test --spark")
class SparkFilesMergeTest {
    private static final long SEED = Long.getLong("seed", 20_261_121);

    /** Spark knows about half of all types. */
    private static final int MOST_TRIES = 4;

    private static final int PROGRESS_CASES = 25;

    @TempDir Path directory;

    private final Map<RewriteMode, Integer> merges = new EnumMap<>(RewriteMode.class);
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final Map<String, Integer> met = new TreeMap<>();
    private int rowsRead;

    @Test
    void sparkReadsTheRowsOfTheModelWhateverItWrote() throws IOException {
        int cases = Integer.getInteger("cases", 300);
        int done = 0;
        long seed = SEED;
        try (var spark = new SparkProcess(directory.resolve("spark"))) {
            for (; done < cases && seed < SEED + (long) MOST_TRIES * cases; seed++) {
                try (ObjectStore store = ObjectStores.memory()) {
                    judge(seed, spark, store);
                    done++;
                    if (done % PROGRESS_CASES == 0) {
                        System.out.printf("%d of %d cases, next seed %d%n", done, cases, seed + 1);
                    }
                } catch (SparkProcess.CannotException e) {
                    leftOut.merge("Spark " + e.getMessage(), 1, Integer::sum);
                } catch (MergeRefusedException e) {
                    // Spark makes decimals of unsigned numbers, and has them in its paths.
                    assertThat(e).hasMessageMatching(".*DECIMAL.* cannot be part of a path");
                    leftOut.merge("decimals in paths are refused", 1, Integer::sum);
                } catch (Exception | AssertionError e) {
                    throw new AssertionError("run again with --seed " + seed + " --cases 1", e);
                }
            }
        }
        System.out.printf(
                "%d cases from seed %d to %d: merges %s, %d rows read by Spark%n",
                done, SEED, seed - 1, merges, rowsRead);
        System.out.printf("column chunks of targets: %s%n", met);
        leftOut.forEach((why, times) -> System.out.printf("left out %d cases: %s%n", times, why));
        assertThat(done).as("cases that Spark can write").isEqualTo(cases);
    }

    private void judge(long seed, SparkProcess spark, ObjectStore store) throws IOException {
        long[] file = {seed};
        var random =
                new RandomCase(
                        seed,
                        store,
                        false,
                        bytes -> spark.rewrite(bytes, seed, file[0] = file[0] * 31 + 1));
        Path tables = Files.createDirectory(directory.resolve("tables"));
        try {
            judge(random, tables, spark, seed);
        } finally {
            delete(tables);
        }
    }

    private void judge(RandomCase random, Path tables, SparkProcess spark, long seed)
            throws IOException {
        Path table = Files.createDirectory(tables.resolve("table"));
        lay(random, table, spark, seed);
        for (RewriteMode mode : List.of(RewriteMode.INCREMENTAL, RewriteMode.FULL)) {
            if (mode == RewriteMode.INCREMENTAL && !random.request.strategy().canBeIncremental()) {
                continue;
            }
            Path copy = tables.resolve(mode.text());
            copy(table, copy);
            try {
                merge(random, mode, copy, spark, seed);
            } catch (MergeRefusedException e) {
                throw e;
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError(mode + " " + random.request + " into " + random.target, e);
            }
            merges.merge(mode, 1, Integer::sum);
        }
    }

    /** Writes the target's files to where they would lie had Spark written the table. */
    private void lay(RandomCase random, Path table, SparkProcess spark, long seed)
            throws IOException {
        for (DataFile file : random.target.files()) {
            byte[] bytes = random.target.store().get(file.key());
            if (file.partition().values().isEmpty()) {
                Files.write(table.resolve(Path.of(file.key()).getFileName()), bytes);
            } else {
                Partition.Value place = file.partition().values().getFirst();
                spark.partition(bytes, table, place, seed, seed + file.bytes());
            }
        }
    }

    /** Counts what Spark was made to write, so that nobody need believe its options. */
    private void meet(Dataset target) throws IOException {
        for (DataFile file : target.files()) {
            try (ParquetInput input = ParquetInput.open(target.store(), file)) {
                for (BlockMetaData rowGroup : input.rowGroups()) {
                    for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
                        meet(chunk);
                        met("in partitions", !file.partition().values().isEmpty());
                    }
                }
            }
        }
    }

    private void meet(ColumnChunkMetaData chunk) {
        PrimitiveType type = chunk.getPrimitiveType();
        met(chunk.getCodec().name(), true);
        met("pages v2", chunk.getEncodingStats().usesV2Pages());
        met("dictionary", chunk.getEncodingStats().hasDictionaryPages());
        met("bloom filter", chunk.getBloomFilterOffset() >= 0);
        met("no statistics", chunk.getStatistics().isEmpty());
        met("INT96", type.getPrimitiveTypeName() == PrimitiveTypeName.INT96);
        switch (type.getLogicalTypeAnnotation()) {
            case DecimalLogicalTypeAnnotation _ ->
                    met("decimal " + type.getPrimitiveTypeName(), true);
            case TimestampLogicalTypeAnnotation time -> met("timestamp " + time.getUnit(), true);
            case null, default -> {}
        }
    }

    private void met(String what, boolean here) {
        if (here) {
            met.merge(what, 1, Integer::sum);
        }
    }

    private void merge(
            RandomCase random, RewriteMode mode, Path directory, SparkProcess spark, long seed)
            throws IOException {
        var request =
                new MergeRequest(
                        random.request.strategy(),
                        random.request.keyColumns(),
                        mode,
                        random.request.dedupOrderBy());
        try (ObjectStore store = ObjectStores.directory(directory)) {
            var table = new DirectoryTable(store, "", Clock.systemUTC(), new SecureRandom());
            Dataset target = table.snapshot().dataset(store);
            assertThat(target.files().stream().map(DataFile::partition).distinct())
                    .as("partitions as Spark writes them")
                    .containsExactlyInAnyOrderElementsOf(
                            random.target.files().stream()
                                    .map(DataFile::partition)
                                    .distinct()
                                    .toList());
            meet(target);
            new MergeJudge(scratch(), settings(seed))
                    .judge(inMemory(target), random.source, request, random.partitionColumns);
            List<Map<String, Object>> expected =
                    MergeModel.merge(
                                    request,
                                    random.partitionColumns,
                                    PlainRows.of(target),
                                    PlainRows.of(random.source))
                            .rows;
            table.change(
                    new Merging(
                            new ParquetMerge(scratch(), settings(seed)),
                            random.source,
                            request,
                            Progress.NONE,
                            _ -> {}));
            for (boolean vectorized : new boolean[] {true, false}) {
                // Without any file Spark could not say what the columns are.
                List<String> found =
                        expected.isEmpty() ? List.of() : spark.rows(directory, vectorized);
                assertThat(found)
                        .as("rows that Spark reads, vectorized %s", vectorized)
                        .containsExactlyInAnyOrderElementsOf(
                                expected.stream().map(Map::toString).toList());
                rowsRead += found.size();
            }
        }
    }

    private Path scratch() {
        return directory.resolve("scratch");
    }

    private static MergeSettings settings(long seed) {
        return new MergeSettings(
                1 + (int) (seed % 2), Pruning.KEYS, Duration.ofMinutes(1), 0.8, 16L << 20);
    }

    /** The judge leaves files where Spark would take them for rows. */
    private static Dataset inMemory(Dataset target) throws IOException {
        ObjectStore memory = ObjectStores.memory();
        for (DataFile file : target.files()) {
            memory.put(file.key(), ObjectBody.of(target.store().get(file.key())));
        }
        return new Dataset(memory, target.files());
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path path : walk(from)) {
            Path copied = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(copied);
            } else {
                Files.copy(path, copied);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>(walk(directory));
        paths.sort(Comparator.reverseOrder());
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    private static List<Path> walk(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList();
        }
    }
}
