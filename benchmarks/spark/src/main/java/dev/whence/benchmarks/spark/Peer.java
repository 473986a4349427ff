package dev.whence.benchmarks.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** A table format in one of its modes. */
interface Peer {

    /** Its name in the results. */
    String name();

    /** A table of its own in the directory, from a copy of the base's files. */
    Table create(SparkSession spark, Path base, Path directory);

    /**
     * A fresh table over the base's rows.
     *
     * @param name in SQL
     * @param directory all that a merge writes lies below
     */
    record Table(String name, Path directory) {}
}
