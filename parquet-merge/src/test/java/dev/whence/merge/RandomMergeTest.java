package dev.whence.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.merge.MergeSettings.Pruning;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Merges of random datasets, in every mode, against the model. {@code -Dseed=} repeats one case
 * after which a run failed, {@code -Dcases=} says how many are tried from there.
 */
class RandomMergeTest {
    private static final long SEED = Long.getLong("seed", 20_261_121);

    @TempDir Path scratch;
    @TempDir Path files;

    private final Map<RewriteMode, Integer> merges = new EnumMap<>(RewriteMode.class);
    private int refused;

    @Test
    void everyModeGivesTheRowsOfTheModel() throws IOException {
        run(Integer.getInteger("cases", 30), true, null);
    }

    @Test
    @Tag("slow")
    void everyModeGivesTheRowsOfTheModelInManyCases() throws IOException {
        run(Integer.getInteger("cases", 300), true, null);
    }

    @Test
    @Tag("slow")
    void filesOfDuckDbWhichHaveRequiredColumnsWhereThereIsNoNullAreMergedAlike()
            throws IOException, SQLException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            Random random = new Random(SEED);
            run(
                    Integer.getInteger("cases", 40),
                    false,
                    file -> rewrittenByDuckDb(statement, file, random));
        }
    }

    private void run(int cases, boolean mixes, RandomCase.OtherWriter otherWriter)
            throws IOException {
        for (long seed = SEED; seed < SEED + cases; seed++) {
            try (ObjectStore store = ObjectStores.memory()) {
                judge(seed, new RandomCase(seed, store, mixes, otherWriter), otherWriter != null);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("run again with -Dseed=" + seed + " -Dcases=1", e);
            }
        }
        System.out.printf(
                "%d cases from seed %d: merges %s, refused %d%n", cases, SEED, merges, refused);
        assertThat(refused).as("cases that were refused").isLessThanOrEqualTo(cases / 5);
    }

    private void judge(long seed, RandomCase random, boolean mayBeRefused) throws IOException {
        Random settings = new Random(seed);
        List<String> refusals = new ArrayList<>();
        List<RewriteMode> modes = new ArrayList<>();
        for (RewriteMode mode : RewriteMode.values()) {
            if (mode == RewriteMode.INCREMENTAL && !random.request.strategy().canBeIncremental()) {
                continue;
            }
            modes.add(mode);
            MergeRequest request =
                    new MergeRequest(
                            random.request.strategy(),
                            random.request.keyColumns(),
                            mode,
                            random.request.dedupOrderBy());
            try {
                new MergeJudge(scratch, settings(settings))
                        .judge(random.target, random.source, request, random.partitionColumns);
                merges.merge(mode, 1, Integer::sum);
            } catch (MergeRefusedException e) {
                if (!mayBeRefused) {
                    throw e;
                }
                refusals.add(e.getMessage());
            } catch (Exception | AssertionError e) {
                throw new AssertionError(request + " into " + random.target.files(), e);
            }
        }
        if (!refusals.isEmpty()) {
            assertThat(refusals)
                    .as("refused in every mode or in none")
                    .hasSameSizeAs(modes)
                    .allMatch(refusal -> refusal.contains("and the source has a null in it"));
            refused++;
        }
    }

    private static MergeSettings settings(Random random) {
        return new MergeSettings(
                random.nextInt(1, 4),
                random.nextInt(3) > 0
                        ? Pruning.KEYS
                        : Pruning.values()[random.nextInt(Pruning.values().length)],
                random.nextInt(12) == 0 ? Duration.ZERO : Duration.ofMinutes(1),
                random.nextDouble(),
                16L << 20);
    }

    private byte[] rewrittenByDuckDb(Statement statement, byte[] file, Random random) {
        try {
            Path from = Files.write(files.resolve("from.parquet"), file);
            Path to = files.resolve("to.parquet");
            Files.deleteIfExists(to);
            statement.execute(
                    "COPY (FROM read_parquet('%s')) TO '%s' (FORMAT parquet, COMPRESSION %s, ROW_GROUP_SIZE 2048, PARQUET_VERSION %s)"
                            .formatted(
                                    from,
                                    to,
                                    random.nextBoolean() ? "snappy" : "zstd",
                                    random.nextBoolean() ? "v1" : "v2"));
            return Files.readAllBytes(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
