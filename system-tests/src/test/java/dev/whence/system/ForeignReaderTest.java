package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB reads the files that a version names, by their Hive layout, and counts the same rows. */
@Tag("slow")
class ForeignReaderTest {
    @TempDir Path data;

    @Test
    void duckDbCountsTheSameRows() throws Exception {
        Lists lists = Lists.demo(4);
        try (WhenceProcess whence = WhenceProcess.up(data, "--no-sample")) {
            for (var list : lists.files().entrySet()) {
                CommandLine.Result load = whence.cli().load(list);
                assertThat(load.exitCode()).as(load.all()).isZero();
            }
            var names = new TreeMap<Long, String>();
            JsonNode datasets = whence.server().json("/v1/datasets");
            for (JsonNode dataset : datasets.path("datasets")) {
                names.put(dataset.path("dataset_id").asLong(), dataset.path("name").asText());
            }
            var files = new ArrayList<String>();
            long version = datasets.path("version").asLong();
            for (JsonNode file :
                    whence.server().json("/v1/versions/" + version + "/files").path("files")) {
                files.add("'" + whence.bucket().resolve(file.path("key").asText()) + "'");
            }
            assertThat(urls(files, names)).isEqualTo(Lists.counts(whence.server()));
        }
    }

    /** Each dataset's URLs, each put together from its columns and counted once. */
    private static TreeMap<String, Long> urls(ArrayList<String> files, TreeMap<Long, String> names)
            throws Exception {
        String query =
                """
                SELECT dataset_id, count(DISTINCT scheme || '://' || host || path_query), count(*)
                FROM read_parquet([%s], hive_partitioning = true) GROUP BY dataset_id\
                """
                        .formatted(String.join(",", files));
        var counted = new TreeMap<String, Long>();
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                assertThat(rows.getLong(2)).isEqualTo(rows.getLong(3));
                counted.put(names.get(rows.getLong(1)), rows.getLong(3));
            }
        }
        return counted;
    }
}
