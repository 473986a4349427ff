/**
 * Keeps a table in shape: fewer files, no second row of a key, other partitions. Each is a plan and
 * an outcome as a merge's, and goes the merge's own ways: rows are brought to scratch disk and
 * written anew in order, or taken out of their row groups where they lie.
 */
@NullMarked
package dev.whence.merge.maintain;

import org.jspecify.annotations.NullMarked;
