/**
 * Merge rewrite: change a Parquet dataset by touching only what changes. A merge goes one way: the
 * source's rows and a snapshot of the target's files come in, a plan says which row groups hold a
 * matched key, the rewriter writes new files beside the old ones, and one commit, which is the
 * table's own affair, makes them take the place of the old.
 */
@NullMarked
package dev.whence.merge;

import org.jspecify.annotations.NullMarked;
