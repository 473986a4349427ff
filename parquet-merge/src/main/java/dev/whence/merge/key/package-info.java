/**
 * Keys as bytes: what a key column's values are, whichever Parquet type a file holds them in. A
 * component is encoded so that comparing bytes compares values, over int32 and int64, float and
 * double, decimals of any scale and timestamps of any unit; a composite key is its components one
 * after the other. On these bytes stand the bounds of row groups and pages, the ranges of a source
 * and the questions to bloom filters. Everything here errs to one side: what is unsure may match.
 */
@NullMarked
package dev.whence.merge.key;

import org.jspecify.annotations.NullMarked;
