package dev.whence.merge;

import dev.whence.merge.MergeSettings.Pruning;
import dev.whence.merge.directory.DirectoryTable;
import dev.whence.merge.directory.Merging;
import dev.whence.merge.run.ParquetMerge;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program of its own, to be run with a small heap: changes every row of row groups with very many
 * narrow rows.
 */
final class ManyMatches {
    static final int FILES = 2;
    static final int ROWS = 1_000_000;

    private ManyMatches() {}

    /** Files of one row group each, and a source that has the rows of all. */
    static void write(Path directory) throws SQLException, IOException {
        Files.createDirectories(directory.resolve("target"));
        Files.createDirectories(directory.resolve("source"));
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute("SET threads = 1");
            for (int file = 0; file < FILES; file++) {
                copy(statement, file, 1, directory.resolve("target/" + file + ".parquet"));
                copy(statement, file, 2, directory.resolve("source/" + file + ".parquet"));
            }
        }
    }

    private static void copy(Statement statement, int file, int value, Path to)
            throws SQLException {
        statement.execute(
                "COPY (SELECT i AS k, i * %d AS v FROM range(%d, %d) r(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE %d)"
                        .formatted(value, file * ROWS, (file + 1) * ROWS, to, ROWS));
    }

    /** Says what was counted. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"));
                Stream<ObjectInfo> objects = store.list("source/")) {
            List<DataFile> source =
                    objects.map(object -> DataFile.of(object.key(), object.bytes())).toList();
            var settings =
                    new MergeSettings(2, Pruning.KEYS, Duration.ofMinutes(1), 0.8, 16L << 20);
            for (RewriteMode mode : List.of(RewriteMode.INCREMENTAL, RewriteMode.FULL)) {
                MergeCounts counts =
                        new DirectoryTable(store, "target/", Clock.systemUTC(), new SecureRandom())
                                .change(
                                        new Merging(
                                                new ParquetMerge(
                                                        directory.resolve("scratch"), settings),
                                                new Dataset(store, source),
                                                MergeRequest.of(MergeStrategy.UPSERT, mode, "k"),
                                                Progress.NONE,
                                                _ -> {}))
                                .outcome()
                                .counts();
                System.out.printf(
                        "%s: %d rows, %d updated%n", mode, counts.after(), counts.updated());
            }
        }
    }
}
