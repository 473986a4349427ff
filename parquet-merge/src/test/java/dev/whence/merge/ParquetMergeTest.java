package dev.whence.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.merge.run.MergePlan;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges of tables that DuckDB wrote, read back by DuckDB. */
class ParquetMergeTest {
    @TempDir Path directory;
    private ObjectStore store;
    private final List<DataFile> target = new ArrayList<>();

    @BeforeEach
    void writesThreeFilesOfTenRows() throws Exception {
        store = ObjectStores.directory(directory.resolve("store"));
        for (int file = 0; file < 3; file++) {
            target.add(
                    write(
                            "t/%d.parquet".formatted(file),
                            "SELECT i AS id, 'name ' || i AS name, CASE WHEN i %% 7 > 0 THEN [i, i + 1] END AS list FROM range(%d, %d) r(i)"
                                    .formatted(10 * file, 10 * file + 10)));
        }
    }

    @Test
    void upsertReplacesWhatItKnowsAndAddsTheRest() throws Exception {
        DataFile source =
                write(
                        "s/0.parquet",
                        "SELECT i AS id, 'new ' || i AS name, [i] AS list FROM range(8, 12) r(i)"
                                + " UNION ALL SELECT 99, 'new 99', NULL");
        for (RewriteMode mode : RewriteMode.values()) {
            MergeOutcome outcome = merge(MergeStrategy.UPSERT, mode, source);
            assertThat(outcome.counts()).isEqualTo(new MergeCounts(5, 0, 1, 4, 0, 30, 31));
            assertThat(rows(outcome))
                    .hasSize(31)
                    .contains("8|new 8|[8]", "6|name 6|[6, 7]", "99|new 99|null")
                    .doesNotContain("8|name 8|[8, 9]");
            if (mode == RewriteMode.INCREMENTAL) {
                assertThat(outcome.files())
                        .extracting(FileOutcome::fate)
                        .containsExactly(
                                Fate.REWRITTEN, Fate.REWRITTEN, Fate.PRESERVED, Fate.INSERTED);
            }
        }
    }

    @Test
    void deleteNeedsNothingButKeys() throws Exception {
        DataFile source = write("s/0.parquet", "SELECT i AS id FROM range(0, 10) r(i)");
        MergeOutcome outcome = merge(MergeStrategy.DELETE, RewriteMode.INCREMENTAL, source);
        assertThat(outcome.files())
                .extracting(FileOutcome::fate)
                .containsExactly(Fate.REMOVED, Fate.PRESERVED, Fate.PRESERVED);
        assertThat(rows(outcome)).hasSize(20);
    }

    @Test
    void insertTouchesNoFileAndItsPlanSaysSo() throws Exception {
        DataFile source =
                write(
                        "s/0.parquet",
                        "SELECT i AS id, 'new' AS name, [i] AS list FROM range(28, 32) r(i)");
        var merge = new ParquetMerge(directory.resolve("scratch"), MergeSettings.DEFAULT);
        try (MergePlan plan =
                merge.plan(
                        new Dataset(store, target),
                        new Dataset(store, List.of(source)),
                        MergeRequest.of(MergeStrategy.INSERT, RewriteMode.AUTO, "id"),
                        Progress.NONE)) {
            assertThat(plan.summary().matchedKeys()).isEqualTo(2);
            assertThat(plan.summary().filesAffected()).isZero();
            assertThat(plan.summary().toString())
                    .doesNotContain("touch")
                    .doesNotContain("affected");
        }
    }

    @Test
    void whatIsTheSameAlreadyIsNotWritten() throws Exception {
        DataFile source = target.getFirst();
        MergeOutcome outcome = merge(MergeStrategy.UPSERT, RewriteMode.INCREMENTAL, source);
        assertThat(outcome.changesNothing()).isTrue();
        assertThat(outcome.bytesWritten()).isZero();
    }

    private MergeOutcome merge(MergeStrategy strategy, RewriteMode mode, DataFile source)
            throws IOException {
        var merge = new ParquetMerge(directory.resolve("scratch"), MergeSettings.DEFAULT);
        try (MergePlan plan =
                merge.plan(
                        new Dataset(store, target),
                        new Dataset(store, List.of(source)),
                        MergeRequest.of(strategy, mode, "id"),
                        Progress.NONE)) {
            assertThat(plan.summary().toString()).contains(strategy.text());
            return merge.execute(plan, this::stage, Progress.NONE);
        }
    }

    private DataFile stage(Partition partition, Path file, long bytes) throws IOException {
        String key = "new/" + UUID.randomUUID() + ".parquet";
        store.put(key, ObjectBody.of(file));
        return new DataFile(key, bytes, partition);
    }

    private TreeSet<String> rows(MergeOutcome outcome) throws SQLException {
        var rows = new TreeSet<String>();
        for (FileOutcome file : outcome.files()) {
            if (file.after().isPresent()) {
                try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                        Statement statement = duckDb.createStatement();
                        ResultSet result =
                                statement.executeQuery(
                                        "SELECT id, name, list FROM '%s'"
                                                .formatted(path(file.after().get().key())))) {
                    while (result.next()) {
                        rows.add(
                                result.getObject(1)
                                        + "|"
                                        + result.getObject(2)
                                        + "|"
                                        + result.getObject(3));
                    }
                }
            }
        }
        return rows;
    }

    private DataFile write(String key, String query) throws Exception {
        Path file = path(key);
        Files.createDirectories(file.getParent());
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(query, file));
        }
        return DataFile.of(key, Files.size(file));
    }

    private Path path(String key) {
        return directory.resolve("store").resolve(key);
    }
}
