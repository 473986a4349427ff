/**
 * Merge rewrite beside DuckDB, Delta Lake and Iceberg: the same change to the same tables, each in
 * the contestant's own manner, judged by the rows that are left.
 */
@NullMarked
package dev.whence.benchmarks.merge;

import org.jspecify.annotations.NullMarked;
