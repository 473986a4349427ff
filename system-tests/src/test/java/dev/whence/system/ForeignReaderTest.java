package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
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
                assertThat(
                                whence.run(
                                                "load",
                                                list.getKey(),
                                                list.getValue().toString(),
                                                "--wait")
                                        .exitCode())
                        .isZero();
            }
            var names = new TreeMap<Long, String>();
            whence.json("/v1/datasets")
                    .path("datasets")
                    .forEach(
                            d -> names.put(d.path("dataset_id").asLong(), d.path("name").asText()));
            var files = new ArrayList<String>();
            long served = whence.json("/v1/datasets").path("version").asLong();
            for (JsonNode file : whence.json("/v1/versions/" + served + "/files").path("files")) {
                files.add(
                        "'"
                                + data.resolve("s3")
                                        .resolve("whence")
                                        .resolve(file.path("key").asText())
                                + "'");
            }
            var counted = new TreeMap<String, Long>();
            try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                    ResultSet rows =
                            duckDb.createStatement()
                                    .executeQuery(
                                            "SELECT dataset_id, count(*) FROM read_parquet(["
                                                    + String.join(",", files)
                                                    + "], hive_partitioning = true) GROUP BY dataset_id")) {
                while (rows.next()) {
                    counted.put(names.get(rows.getLong(1)), rows.getLong(2));
                }
            }
            assertThat(counted).isEqualTo(Lists.counts(whence));
        }
    }
}
