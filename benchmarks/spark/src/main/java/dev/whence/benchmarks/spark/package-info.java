/**
 * Delta Lake and Iceberg on Spark as peers of the merge contest: a process of its own, which finds
 * the contest's data in a directory, merges each change into a fresh table of each format and mode,
 * and leaves times, bytes and fingerprints in a file. Spark alone is another process, which writes
 * and reads files for a test of {@code parquet-merge}.
 */
@NullMarked
package dev.whence.benchmarks.spark;

import org.jspecify.annotations.NullMarked;
