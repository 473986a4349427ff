/**
 * Tables in a plain directory or under a prefix of a bucket: a table is its Parquet files, for
 * every engine. What makes a change of many files one step is a chain of numbered commits in the
 * reserved folder {@code _whence} beside them; docs/format/table-commits.md has its reasons and its
 * bytes. New files are staged out of everybody's sight, one put-if-absent commits them, and only
 * then do they move to their places, by whoever opens the table next if the writer is gone by then.
 */
@NullMarked
package dev.whence.merge.directory;

import org.jspecify.annotations.NullMarked;
