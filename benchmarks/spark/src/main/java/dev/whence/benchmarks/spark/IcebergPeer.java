package dev.whence.benchmarks.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Iceberg, with a catalog in the scratch directory: a table that takes the base's own files in.
 * Merge-on-read writes deletion vectors.
 */
record IcebergPeer(boolean mergeOnRead, Path catalog) implements Peer {

    @Override
    public String name() {
        return mergeOnRead ? "Iceberg, merge-on-read" : "Iceberg, copy-on-write";
    }

    @Override
    public Table create(SparkSession spark, Path base, Path directory) {
        Path files = directory.resolve("files");
        Directories.copy(base, files);
        String table = "iceberg.contest.urls";
        spark.sql("DROP TABLE IF EXISTS " + table);
        spark.sql(
                """
                CREATE TABLE %s (
                  domain STRING, host STRING, path_query STRING, scheme STRING,
                  url_id BIGINT, ts TIMESTAMP, status INT, digest STRING)
                USING iceberg TBLPROPERTIES (
                  'format-version' = '3',
                  'write.merge.mode' = '%s',
                  'write.distribution-mode' = 'none',
                  'write.merge.distribution-mode' = 'none')
                """
                        .formatted(table, mergeOnRead ? "merge-on-read" : "copy-on-write"));
        spark.sql(
                "CALL iceberg.system.add_files(table => 'contest.urls', source_table => '`parquet`.`%s`')"
                        .formatted(files));
        return new Table(table, catalog.resolve("contest").resolve("urls"));
    }
}
