package dev.whence.benchmarks.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Delta Lake: the base's own files, converted in place, with the statistics of every column. */
record DeltaPeer(boolean deletionVectors) implements Peer {

    @Override
    public String name() {
        return deletionVectors ? "Delta Lake, deletion vectors" : "Delta Lake, copy-on-write";
    }

    @Override
    public Table create(SparkSession spark, Path base, Path directory) {
        Path files = directory.resolve("table");
        Directories.copy(base, files);
        spark.sql("CONVERT TO DELTA parquet.`" + files + "`");
        String table = "delta.`" + files + "`";
        spark.sql(
                "ALTER TABLE %s SET TBLPROPERTIES ('delta.enableDeletionVectors' = '%s')"
                        .formatted(table, deletionVectors));
        return new Table(table, files);
    }
}
