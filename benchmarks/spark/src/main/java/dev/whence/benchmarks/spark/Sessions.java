package dev.whence.benchmarks.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Spark as a person who wants these merges fast would set it on two cores. */
final class Sessions {
    private Sessions() {}

    static SparkSession start(Path scratch) {
        return SparkSession.builder()
                .appName("merge contest")
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.local.dir", scratch.resolve("spark-local").toString())
                .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
                .config("spark.sql.session.timeZone", "UTC")
                // Eight partitions of a ten-million-row table; the default 200 are mostly overhead.
                .config("spark.sql.shuffle.partitions", "8")
                .config("spark.sql.adaptive.enabled", "true")
                // Delta's default of fifty tasks to read its own log is for thousands of files.
                .config("spark.databricks.delta.snapshotPartitions", "2")
                .config("spark.sql.parquet.compression.codec", "zstd")
                .config("spark.hadoop.fs.file.impl", PlainLocalFileSystem.class.getName())
                .config(
                        "spark.sql.extensions",
                        "io.delta.sql.DeltaSparkSessionExtension,"
                                + "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
                .config(
                        "spark.sql.catalog.spark_catalog",
                        "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.sql.catalog.iceberg", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.iceberg.type", "hadoop")
                .config("spark.sql.catalog.iceberg.warehouse", icebergCatalog(scratch).toString())
                .getOrCreate();
    }

    static Path icebergCatalog(Path scratch) {
        return scratch.resolve("iceberg");
    }
}
