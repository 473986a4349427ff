package dev.whence.benchmarks.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Spark on two cores. */
final class Sessions {
    private Sessions() {}

    /** As a person who wants merges fast would set it, with Delta Lake and Iceberg. */
    static SparkSession start(Path scratch) {
        return local("merge contest", scratch)
                // Eight partitions of a ten-million-row table; the default 200 are mostly overhead.
                .config("spark.sql.shuffle.partitions", "8")
                .config("spark.sql.adaptive.enabled", "true")
                // Delta's default of fifty tasks to read its own log is for thousands of files.
                .config("spark.databricks.delta.snapshotPartitions", "2")
                .config("spark.sql.parquet.compression.codec", "zstd")
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

    /** Spark alone, which takes old times and the text of partitions as they are. */
    static SparkSession plain(Path scratch) {
        return local("foreign files", scratch)
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.sql.datetime.java8API.enabled", "true")
                .config("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED")
                .config("spark.sql.parquet.int96RebaseModeInRead", "CORRECTED")
                .config("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
                .config("spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED")
                .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
                .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
                .getOrCreate();
    }

    private static SparkSession.Builder local(String name, Path scratch) {
        return SparkSession.builder()
                .appName(name)
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.local.dir", scratch.resolve("spark-local").toString())
                .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString())
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.hadoop.fs.file.impl", PlainLocalFileSystem.class.getName());
    }

    static Path icebergCatalog(Path scratch) {
        return scratch.resolve("iceberg");
    }
}
